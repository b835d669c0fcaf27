import { timingSafeEqual } from "node:crypto";
import type { Handler } from "./parts.ts";

/**
 * `POST /-/rescan`, by whoever shows the secret of the state folder: looks for changes now, and answers
 * with what has changed.
 */
export function rescanHandler(secret: string, rescan: () => Promise<unknown>): Handler {
  const expected = Buffer.from(`Bearer ${secret}`);
  return async (request, response, { pathname }) => {
    if (pathname !== "/-/rescan") return false;
    const shown = Buffer.from(request.headers.authorization ?? "");
    const isOperator = shown.length === expected.length && timingSafeEqual(shown, expected);
    if (request.method !== "POST") response.writeHead(405, { Allow: "POST" }).end();
    else if (!isOperator)
      response.writeHead(403).end("the secret of the state folder is missing\n");
    else {
      const body = JSON.stringify(await rescan());
      response.writeHead(200, { "Content-Type": "application/json" }).end(body);
    }
    return true;
  };
}
