import type { IncomingHttpHeaders } from "node:http";
import { secondsOf } from "./http-date.ts";

/**
 * Whether the customer has the file already: If-None-Match, and only where that is missing
 * If-Modified-Since (RFC 9110, 13.2.2).
 *
 * @param tag The file's entity tag, with its quotes.
 * @param modified Whole seconds since 1970.
 */
export function isNotModified(
  headers: IncomingHttpHeaders,
  tag: string,
  modified: number,
): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) return names(tags, tag, "weakly");
  const since = headers["if-modified-since"];
  if (since === undefined) return false;
  const seconds = secondsOf(since);
  return seconds !== null && modified <= seconds;
}

/** Whether If-Match or, where that is missing, If-Unmodified-Since forbids to answer with this file. */
export function isForbidden(headers: IncomingHttpHeaders, tag: string, modified: number): boolean {
  const tags = headers["if-match"];
  if (tags !== undefined) return !names(tags, tag, "strongly");
  const since = headers["if-unmodified-since"];
  if (since === undefined) return false;
  const seconds = secondsOf(since);
  return seconds !== null && modified > seconds;
}

/** Whether a range may be sent: there is no If-Range, or it names this very file (RFC 9110, 13.1.5). */
export function isRangeOfThis(
  headers: IncomingHttpHeaders,
  tag: string,
  modified: number,
): boolean {
  const condition = headers["if-range"];
  if (condition === undefined) return true;
  return typeof condition === "string" && (condition === tag || secondsOf(condition) === modified);
}

/** Whether a list of entity tags has this one. Weak ones count only where they are compared weakly. */
function names(list: string, tag: string, how: "weakly" | "strongly"): boolean {
  if (list.trim() === "*") return true;
  for (let at = list.indexOf('"'); at >= 0; ) {
    const end = list.indexOf('"', at + 1);
    if (end < 0) return false;
    const isWeak = list.slice(at - 2, at) === "W/";
    if (list.slice(at, end + 1) === tag && (how === "weakly" || !isWeak)) return true;
    at = list.indexOf('"', end + 1);
  }
  return false;
}
