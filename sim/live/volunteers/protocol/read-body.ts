import type { IncomingMessage } from "node:http";

/** Why a body could not be read. */
export class BodyError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The body of a request: at most so many bytes, in so many seconds.
 *
 * @throws BodyError with the status that says why not.
 */
export function readBody(request: IncomingMessage, most: number, seconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
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
      if (length > most) refuse(413, `expected at most ${most} bytes`);
      else chunks.push(chunk);
    };
    const done = () => end(() => resolve(Buffer.concat(chunks)));
    const gone = () => refuse(400, "the body was cut short");
    request.on("data", take).on("end", done).on("close", gone);
    request.on("error", () => {}); // `close` follows.
    if (Number(request.headers["content-length"] ?? 0) > most) {
      refuse(413, `expected at most ${most} bytes`);
    }
  });
}
