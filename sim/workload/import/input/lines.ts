import { InputError } from "../../../engine/input-error.ts";

/** Longer lines are cut to one byte more than this, so that memory stays bounded. */
export const LONGEST_LINE = 64 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NOTHING = Buffer.alloc(0);
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Takes the line in `bytes` from `start` to before `end`. The bytes are valid during the call. */
export type TakeLine = (bytes: Buffer, start: number, end: number) => void;

/**
 * Cuts text that comes in chunks into lines, without making a string of any.
 *
 * Line ends are LF or CRLF; the last line may lack its own. Text that starts like a binary file is
 * an InputError; `path` names it there.
 */
export class LineCutter {
  readonly #path: string;
  readonly #take: TakeLine;
  #rest: Buffer = NOTHING;
  #isFirst = true;

  constructor(path: string, take: TakeLine) {
    this.#path = path;
    this.#take = take;
  }

  /** Takes the next bytes, which may be overwritten afterwards. */
  chunk(bytes: Buffer): void {
    let start = this.#isFirst ? textStart(bytes, this.#path) : 0;
    this.#isFirst = false;
    if (this.#rest.length > 0) start = this.#finishRest(bytes);
    for (let end = bytes.indexOf(NEWLINE, start); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#line(bytes, start, end);
      start = end + 1;
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
  }

  /** The last line, unless its own end was the end. */
  end(): void {
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length);
    this.#rest = NOTHING;
  }

  /** Takes the line of which the rest is the start; says where the next one starts. */
  #finishRest(bytes: Buffer): number {
    const end = bytes.indexOf(NEWLINE);
    this.#keep(bytes.subarray(0, end < 0 ? bytes.length : end));
    if (end < 0) return bytes.length;
    this.end();
    return end + 1;
  }

  #keep(bytes: Buffer): void {
    const room = LONGEST_LINE + 1 - this.#rest.length;
    this.#rest = Buffer.concat([this.#rest, bytes.subarray(0, Math.max(0, room))]);
  }

  #line(bytes: Buffer, start: number, end: number): void {
    const isCrlf = end > start && bytes[end - 1] === RETURN;
    this.#take(bytes, start, Math.min(isCrlf ? end - 1 : end, start + LONGEST_LINE + 1));
  }
}

/** Where text begins. It has no NUL bytes; a file that has one in its first chunk is another. */
function textStart(chunk: Buffer, path: string): number {
  if (chunk.includes(0)) throw new InputError([`${path}: expected text; got a binary file`]);
  return chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
}
