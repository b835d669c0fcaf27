import { InputError } from "../../../engine/input-error.ts";
import { LineCutter } from "./lines.ts";
import { unpacked } from "./unpack.ts";

/** How many lines, and bytes, of a file are looked at. */
const MOST_LINES = 200;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The first lines of the file, without their ends; at least one. `what` names what it should be.
 *
 * @throws InputError when the file is empty.
 */
export async function firstLines(path: string, what: string): Promise<readonly Buffer[]> {
  const lines: Buffer[] = [];
  const cutter = new LineCutter(path, (bytes, start, end) => {
    if (lines.length < MOST_LINES) lines.push(Buffer.from(bytes.subarray(start, end)));
  });
  let read = 0;
  for await (const chunk of unpacked(path)) {
    cutter.chunk(chunk);
    read += chunk.length;
    if (lines.length >= MOST_LINES || read >= MOST_BYTES) break;
  }
  if (lines.length < MOST_LINES) cutter.end();
  if (lines.length === 0) throw new InputError([`${path}: expected ${what}; got an empty file`]);
  return lines;
}
