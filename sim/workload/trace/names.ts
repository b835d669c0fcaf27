import type { NameList } from "./trace.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** UTF-8 takes at most three bytes for a UTF-16 code unit. */
const MOST_BYTES = 3;

/**
 * Names as one run of UTF-8 with the place where each begins: no object a name, and each is decoded
 * only when it is asked for.
 */
export class CompactNames implements NameList {
  readonly length: number;
  /** Where each name begins in `utf8`, and after the last where it ends. */
  readonly offsets: Uint32Array;
  readonly utf8: Uint8Array;

  constructor(offsets: Uint32Array, utf8: Uint8Array) {
    this.length = offsets.length - 1;
    this.offsets = offsets;
    this.utf8 = utf8;
  }

  at(index: number): string {
    return decoder.decode(this.utf8.subarray(this.offsets[index], this.offsets[index + 1]));
  }
}

/** The same names, compact. Half of a surrogate pair becomes U+FFFD, which UTF-8 can hold. */
export function compactNames(names: NameList): CompactNames {
  if (names instanceof CompactNames) return names;
  const offsets = new Uint32Array(names.length + 1);
  let utf8 = new Uint8Array(1024);
  let used = 0;
  for (let index = 0; index < names.length; index++) {
    const name = names.at(index);
    const needed = used + name.length * MOST_BYTES;
    if (needed > utf8.length) utf8 = grown(utf8, used, needed);
    used += encoder.encodeInto(name, utf8.subarray(used)).written;
    offsets[index + 1] = used;
  }
  return new CompactNames(offsets, utf8.slice(0, used));
}

export function namesOf(names: readonly string[]): CompactNames {
  return compactNames({ length: names.length, at: (index) => names[index] });
}

function grown(bytes: Uint8Array<ArrayBuffer>, used: number, needed: number) {
  const larger = new Uint8Array(Math.max(2 * bytes.length, needed));
  larger.set(bytes.subarray(0, used));
  return larger;
}
