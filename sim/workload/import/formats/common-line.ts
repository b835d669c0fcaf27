import { LONGEST_LINE } from "../input/lines.ts";
import { TOO_LONG } from "../log-format.ts";
import {
  BLANK,
  bad,
  ignored,
  ignoredStatus,
  isDelivered,
  NO_BYTES,
  NOT_GET,
  type NoRow,
} from "../outcome.ts";
import { countOf } from "../text/count.ts";
import { urlPath } from "../text/url-path.ts";
import { utf8Of } from "../text/utf8.ts";
import { secondsOf } from "./common-time.ts";

export interface CommonDownload {
  readonly kind: "download";
  readonly host: string;
  /** Seconds since 1970 in UTC. */
  readonly time: number;
  readonly path: string;
  readonly status: number;
  /** Bytes sent, without the header; at least 1. */
  readonly bytes: number;
}

/**
 * One line of an access log in Common or Combined Log Format (Apache HTTP Server documentation,
 * "Log Files"; nginx's "combined" is the same):
 *
 *     host ident user [day/month/year:hour:minute:second zone] "request" status bytes …
 *
 * What follows the bytes, such as referer and agent, is not read: it may be absent or broken. The
 * line is Latin-1, a character a byte.
 */
export function parseCommon(line: string): CommonDownload | NoRow {
  if (line === "") return BLANK;
  if (line.length > LONGEST_LINE) return TOO_LONG;

  const hostEnd = line.indexOf(" ");
  const open = line.indexOf(" [", hostEnd);
  if (hostEnd < 1 || open < 0) return bad("expected host ident user [time]; got none");
  const close = line.indexOf("]", open);
  const time = close < 0 ? Number.NaN : secondsOf(line.slice(open + 2, close));
  if (Number.isNaN(time)) return bad("expected a time like [17/May/2015:08:05:32 +0000]; got none");

  const requestStart = close + 3;
  if (line.slice(close + 1, requestStart) !== ' "') return bad('expected "request"; got no quote');
  const requestEnd = closingQuote(line, requestStart);
  if (requestEnd < 0) return bad('expected "request"; got no closing quote');

  const [empty, status, bytes] = line.slice(requestEnd + 1).split(" ", 3);
  const count = bytes === "-" ? 0 : countOf(bytes ?? "");
  if (empty !== "" || !/^\d{3}$/.test(status ?? "") || Number.isNaN(count)) {
    return bad("expected status and bytes; got neither or one of them");
  }
  const request = line.slice(requestStart, requestEnd);
  return judge(line.slice(0, hostEnd), time, request, Number(status), count);
}

/** A download is a GET that was answered with some of the file's bytes. */
function judge(
  host: string,
  time: number,
  request: string,
  status: number,
  bytes: number,
): CommonDownload | NoRow {
  const methodEnd = request.indexOf(" ");
  if (methodEnd < 1) return NOT_HTTP;
  if (!request.startsWith("GET ")) return NOT_GET;
  if (!isDelivered(status)) return ignoredStatus(status);
  if (bytes === 0) return NO_BYTES;
  const protocol = request.lastIndexOf(" HTTP/"); // HTTP/0.9 has none.
  const target = request.slice(methodEnd + 1, protocol < methodEnd ? undefined : protocol);
  const path = urlPath(unescaped(target));
  return { kind: "download", host: utf8Of(host), time, path, status, bytes };
}

const NOT_HTTP = ignored("not an HTTP request");

/** Position of the quote that ends a string; one after an odd number of backslashes is part of it. */
function closingQuote(line: string, start: number): number {
  for (let quote = line.indexOf('"', start); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let backslash = quote;
    while (backslash > start && line[backslash - 1] === "\\") backslash--;
    if ((quote - backslash) % 2 === 0) return quote;
  }
  return -1;
}

/** Apache and nginx write quotes, backslashes and bytes that are not printable ASCII like C does. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_escape, digits, character) =>
    digits === undefined
      ? (CONTROLS[character] ?? character)
      : String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  v: "\v",
  f: "\f",
};
