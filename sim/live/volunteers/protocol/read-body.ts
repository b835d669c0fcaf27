import type { IncomingMessage } from "node:http";

/** A body that is so many times too large is not read to its end. */
const FAR = 4;

/** Why a body could not be read. */
export class BodyError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The body of a request: at most so many bytes, in so many seconds. One that is larger, but not by far, is
 * read to its end and thrown away, so that whoever sends it gets to hear why.
 *
 * @throws BodyError with the status that says why not.
 */
export function readBody(request: IncomingMessage, most: number, seconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const large = `expected at most ${most} bytes`;
    let length = 0;
    const end = (act: () => void) => {
      clearTimeout(timer);
      request.off("data", take).off("end", done).off("close", gone);
      act();
    };
    const refuse = (status: number, text: string) => end(() => reject(new BodyError(status, text)));
    const timer = setTimeout(
      () => refuse(408, `expected a body within ${seconds} s`),
      1000 * seconds,
    );
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > FAR * most) refuse(413, large);
      else if (length > most) chunks.length = 0;
      else chunks.push(chunk);
    };
    const done = () => {
      if (length > most) refuse(413, large);
      else end(() => resolve(Buffer.concat(chunks)));
    };
    const gone = () => refuse(400, "the body was cut short");
    request.on("data", take).on("end", done).on("close", gone);
    request.on("error", () => {}); // `close` follows.
    if (Number(request.headers["content-length"] ?? 0) > FAR * most) refuse(413, large);
  });
}
