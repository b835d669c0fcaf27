import type { ServerResponse } from "node:http";
import type { CustomerParts } from "./customer-parts.ts";

/** Answers with a status and one line of text, and nothing of what was asked. */
export function plainAnswer(
  response: ServerResponse,
  status: number,
  line: string,
  headers: readonly string[] = [],
): void {
  bodyAnswer(response, status, "text/plain; charset=utf-8", `${line}\n`, headers);
}

/** Answers with a body, which Node leaves out where HEAD was asked. */
export function bodyAnswer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: readonly string[] = [],
): void {
  const length = String(typeof body === "string" ? Buffer.byteLength(body) : body.byteLength);
  response.writeHead(status, [
    ...["Content-Type", type, "Content-Length", length, "X-Content-Type-Options", "nosniff"],
    ...headers,
  ]);
  response.end(body);
}

/** Answers where something failed that should not have: the customer is told no more than that. */
export function answerFailure(
  { failed }: CustomerParts,
  response: ServerResponse,
  error: unknown,
): void {
  failed(error);
  if (response.headersSent) response.destroy();
  else plainAnswer(response, 500, "the server failed");
}
