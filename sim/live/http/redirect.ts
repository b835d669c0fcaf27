import type { IncomingMessage, ServerResponse } from "node:http";
import type { Asker, Decision } from "../parts.ts";
import { byteRange } from "./byte-range.ts";
import type { CustomerParts } from "./customer-parts.ts";
import { explanation } from "./explanation.ts";
import { digestHeaders, entityTag } from "./file-headers.ts";
import { answerFailure, plainAnswer } from "./plain-answer.ts";
import { encodedPath } from "./request-target.ts";
import { sendFile, unsatisfiable } from "./send-file.ts";

/** Alternatives that an answer names. */
const MOST_ALTERNATIVES = 5;

/** What a customer is answered as long as it holds, and for nobody else. */
export const FOR_NOW = ["Cache-Control", "private, no-store"] as const;

/**
 * Asks who is to serve a file and answers so, when the decision has been written down.
 *
 * Location is made of the volunteer's address and the catalogue's path, never of the request.
 */
export function dispatch(
  parts: CustomerParts,
  request: IncomingMessage,
  response: ServerResponse,
  file: number,
  digest: string,
  isExplained: boolean,
): void {
  const { catalogue, decider } = parts;
  const size = catalogue.size(file);
  const range = byteRange(request.headers.range, size);
  if (range === "unsatisfiable" && isGet(request) && request.headers["if-range"] === undefined) {
    unsatisfiable(response, size);
    return;
  }
  const asker = decider.asker(request);
  const decision = decider.ask(asker, file, isGet(request) ? lengthOf(range, size) : 0);
  const { kind, reason, retryAfter } = decision; // The next one may be told by the same object.
  const extra = isExplained ? explanation(reason, decider.exclusions(asker, file)) : [];
  const head = kind === "redirect" ? redirection(parts, asker, decision, file, digest) : [];
  const headers = isExplained ? [...head, ...extra] : head;
  decider.written(() => {
    try {
      if (kind === "serve") {
        sendFile(parts, request, response, file, digest, extra);
      } else if (kind === "later") {
        const seconds = String(Math.max(1, Math.ceil(retryAfter)));
        plainAnswer(response, 503, "busy", ["Retry-After", seconds, ...FOR_NOW, ...extra]);
      } else {
        response.writeHead(302, headers);
        response.end();
      }
    } catch (error) {
      answerFailure(parts, response, error);
    }
  });
}

/** The head of a 302. Each link is a header of its own, since aria2 reads one a header. */
function redirection(
  { catalogue, decider }: CustomerParts,
  asker: Asker,
  { volunteer }: Decision,
  file: number,
  digest: string,
): string[] {
  const path = encodedPath(catalogue.path(file));
  const { base } = decider.address(volunteer, asker);
  const head = ["Location", base + path, "Content-Length", "0", ...FOR_NOW];
  head.push("ETag", entityTag(digest), ...digestHeaders(digest));
  let priority = 1;
  for (const other of decider.alternatives(asker, file, MOST_ALTERNATIVES + 1)) {
    if (other.volunteer === volunteer || priority > MOST_ALTERNATIVES) continue;
    head.push("Link", `<${other.base}${path}>; rel=duplicate; pri=${priority++}`);
  }
  head.push("Link", `</${path}.meta4>; rel=describedby; type="application/metalink4+xml"`);
  return head;
}

function isGet({ method }: IncomingMessage): boolean {
  return method === "GET";
}

/** A range that the volunteer may find invalid, by If-Range, is answered with all of the file. */
function lengthOf(range: ReturnType<typeof byteRange>, size: number): number {
  return typeof range === "string" ? size : range.length;
}
