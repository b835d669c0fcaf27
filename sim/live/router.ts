import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handler } from "./parts.ts";

export interface RouterParts {
  /** Who answers the server's own paths, below `/-/` and `/metrics`: the first that does. */
  readonly own: readonly Handler[];
  /** Who answers all else. */
  readonly customers: (request: IncomingMessage, response: ServerResponse) => void;
  readonly failed: (error: unknown) => void;
}

/** Gives each request to whom it is for. */
export function router({ own, customers, failed }: RouterParts) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { url = "" } = request;
    if (!url.startsWith("/-/") && !url.startsWith("/metrics")) {
      customers(request, response);
      return;
    }
    answerOwn(request, response, own)
      .then((isAnswered) => {
        if (!isAnswered) customers(request, response);
      })
      .catch((error: unknown) => {
        failed(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { "Content-Type": "text/plain" }).end("something failed\n");
      });
  };
}

async function answerOwn(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly Handler[],
): Promise<boolean> {
  const text = `http://server${request.url}`;
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  for (const handler of handlers) if (await handler(request, response, url)) return true;
  return false;
}
