import type { TypedArray } from "../journal/values.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

const KINDS = [Uint8Array, Uint32Array, Int32Array, Float64Array] as const;

/** Equal numbers in a row from which on they stand once. */
const RUN = 4;

/**
 * Writes a column: what kind it is, how its numbers stand, how many there are, and then stretches of
 * equal numbers and of different ones by turns. Columns of a coordinator mostly hold the same number
 * over and over, or small whole ones.
 */
export function writeColumn(to: ByteWriter, column: TypedArray): void {
  const form = formOf(column);
  const write = WRITE[form];
  to.byte(KINDS.findIndex((kind) => column instanceof kind));
  to.byte(form);
  to.whole(column.length);
  let start = 0;
  for (let at = 0; at < column.length; ) {
    const end = endOfRun(column, at);
    if (end - at < RUN) at = end;
    else {
      writeStretch(start, at);
      to.whole(end - at);
      write(to, column[at]);
      start = end;
      at = end;
    }
  }
  if (start < column.length) writeStretch(start, column.length);

  function writeStretch(from: number, end: number): void {
    to.whole(end - from);
    for (let i = from; i < end; i++) write(to, column[i]);
  }
}

/** Behind the last of those that are the same, to the bit, as that at `start`. */
function endOfRun(column: TypedArray, start: number): number {
  let end = start + 1;
  while (end < column.length && Object.is(column[end], column[start])) end++;
  return end;
}

export function readColumn(from: ByteReader): TypedArray {
  const Kind = KINDS[from.byte()];
  const read = READ[from.byte()];
  const column = new Kind(from.whole());
  for (let at = 0; at < column.length; ) {
    for (const end = at + from.whole(); at < end; at++) column[at] = read(from);
    if (at === column.length) break;
    const end = at + from.whole();
    column.fill(read(from), at, end);
    at = end;
  }
  return column;
}

/** How the numbers of a column stand: as doubles, as whole numbers from 0 on, or as any whole ones. */
const DOUBLES = 0;
const WHOLES = 1;
const SIGNED = 2;

const WRITE = [
  (to: ByteWriter, value: number) => to.double(value),
  (to: ByteWriter, value: number) => to.whole(value),
  (to: ByteWriter, value: number) => to.whole(value < 0 ? -2 * value - 1 : 2 * value),
];

const READ = [
  (from: ByteReader) => from.double(),
  (from: ByteReader) => from.whole(),
  (from: ByteReader) => {
    const folded = from.whole();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  },
];

function formOf(column: TypedArray): number {
  if (!column.every(isSmallWhole)) return DOUBLES;
  return column.every((value) => value >= 0) ? WHOLES : SIGNED;
}

/** Whether a whole number, which -0 is not, so small that it may be doubled. */
function isSmallWhole(value: number): boolean {
  return (
    Number.isInteger(value) && Math.abs(value) < 4_503_599_627_370_496 && !Object.is(value, -0)
  );
}
