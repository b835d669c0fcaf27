import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../../engine/input-error.ts";
import { isGzip } from "./text.ts";
import { unreadable } from "./unreadable.ts";

/** Longer lines are cut to one character more than this, so that memory stays bounded. */
export const LONGEST_LINE = 64 * 1024;

const CHUNK = 256 * 1024;
const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

/**
 * The lines of a text file of any size, plain or gzip, in batches: a batch a chunk read.
 *
 * Bytes are decoded as Latin-1, which cannot fail and keeps every byte. Line ends are LF or CRLF;
 * the last line may lack its own. A file that starts like a binary one is an InputError.
 */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = "";
  let isFirst = true;
  try {
    for await (const chunk of await openBytes(path)) {
      let text = chunk.toString("latin1");
      if (isFirst) text = textStart(text, path);
      isFirst = false;
      const lines = (rest + text).split("\n");
      rest = cut(lines.pop() ?? "");
      yield lines.map(whole);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (rest !== "") yield [whole(rest)];
}

async function openBytes(path: string): Promise<AsyncIterable<Buffer>> {
  const file = await open(path);
  const { buffer, bytesRead } = await file
    .read(Buffer.alloc(2), 0, 2, 0)
    .finally(() => file.close());
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  if (bytesRead < 2 || !isGzip(buffer)) return stream;
  const unpacked = createGunzip({ chunkSize: CHUNK });
  return pipeline(stream, unpacked, () => {}); // Whoever reads the end meets the error there.
}

/** Text has no NUL bytes; a file that has one in its first chunk is something else. */
function textStart(text: string, path: string): string {
  if (text.includes("\0")) throw new InputError([`${path}: expected text; got a binary file`]);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

function whole(line: string): string {
  return cut(line.endsWith("\r") ? line.slice(0, -1) : line);
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE + 1) : line;
}
