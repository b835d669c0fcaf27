import { crc32 } from "../journal/crc32.ts";
import {
  type ArrayForm,
  asciiJson,
  plainOf,
  restored,
  type TypedArray,
} from "../journal/values.ts";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { readColumn, writeColumn } from "./column.ts";

/** A line that tells a snapshot and its version. A reader refuses every other. */
const HEAD = "mirrorlab snapshot 1\n";

/** Bytes of the checksum at the end. */
const SUM = 4;

/**
 * Plain data as bytes, the same in every engine: what `save` of a coordinator gave, with what its host
 * wants to keep beside it. JSON in ASCII, then the typed arrays, then a CRC-32.
 */
export function snapshotOf(state: unknown): Uint8Array {
  const columns: TypedArray[] = [];
  const outside: ArrayForm = {
    textOf: (array) => `column ${columns.push(array) - 1}`,
    arrayOf: unexpected,
  };
  const json = asciiJson(plainOf(state, outside));
  const to = new ByteWriter();
  to.ascii(HEAD);
  to.whole(json.length);
  to.ascii(json);
  to.whole(columns.length);
  for (const column of columns) writeColumn(to, column);
  to.word(crc32(to.bytes()));
  return to.bytes().slice();
}

/**
 * What `snapshotOf` was given.
 *
 * @throws RangeError when the bytes are not those of a snapshot, or not all of them.
 */
export function stateOf(bytes: Uint8Array): unknown {
  const end = Math.max(0, bytes.length - SUM);
  const from = new ByteReader(bytes.subarray(0, end));
  const head = from.ascii(HEAD.length);
  if (head !== HEAD) {
    throw new RangeError(`expected ${JSON.stringify(HEAD)}; got ${JSON.stringify(head)}`);
  }
  const found = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true);
  const expected = crc32(bytes.subarray(0, end));
  if (found !== expected) throw new RangeError(`expected checksum ${expected}; got ${found}`);
  const json: unknown = JSON.parse(from.ascii(from.whole()));
  const columns = Array.from({ length: from.whole() }, () => readColumn(from));
  return restored(json, {
    textOf: unexpected,
    arrayOf: (text) => columns[Number(text.slice("column ".length))],
  });
}

function unexpected(): never {
  throw new Error("nothing is written here");
}
