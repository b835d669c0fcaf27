import type { ServerResponse } from "node:http";

/** Why a request is refused: all that is wrong with it. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly string[];
  /** Seconds after which it may come again; 0 if that is of no use. */
  readonly retryAfter: number;

  constructor(status: number, errors: readonly string[], retryAfter = 0) {
    super(errors.join("; "));
    this.status = status;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/** Answers with JSON, which nobody is to keep. */
export function replyJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  const text = `${JSON.stringify(body)}\n`;
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, {
    ...{
      "Content-Type": "application/json",
      "Content-Length": length,
      "Cache-Control": "no-store",
    },
    ...headers,
  });
  response.end(text);
}

/** Answers what is wrong. A body that has not been read to its end is not waited for. */
export function replyRefusal(response: ServerResponse, refusal: Refusal, time: number): void {
  const { status, errors, retryAfter } = refusal;
  replyJson(
    response,
    status,
    { errors, time },
    {
      ...(retryAfter > 0 && { "Retry-After": String(Math.ceil(retryAfter)) }),
      ...(status === 405 && { Allow: "POST" }),
      ...((status === 413 || status === 408 || status === 429) && { Connection: "close" }),
    },
  );
}
