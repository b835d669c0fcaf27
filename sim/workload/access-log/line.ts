import { secondsOf } from "./timestamp.ts";

/**
 * One line of an access log in Common or Combined Log Format (Apache HTTP Server documentation,
 * "Log Files"; nginx's "combined" is the same):
 *
 *     host ident user [day/month/year:hour:minute:second zone] "request" status bytes …
 *
 * What follows the bytes, such as referer and agent, is not read: it may be absent or broken.
 */
export type LogLine =
  | {
      readonly kind: "download";
      readonly host: string;
      /** Seconds since 1970 in UTC. */
      readonly time: number;
      readonly path: string;
      /** Bytes sent, without the header; at least 1. */
      readonly bytes: number;
    }
  /** A sound line that is no download. */
  | { readonly kind: "ignored"; readonly reason: string }
  | { readonly kind: "bad"; readonly reason: string };

const LONGEST = 64 * 1024;

const SPACE = 0x20;
const BACKSLASH = 0x5c;

export function parseLine(line: string): LogLine {
  if (line === "") return { kind: "ignored", reason: "blank line" };
  if (line.length > LONGEST) return bad("expected a line of at most 65536 bytes; got a longer one");

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

  const bytesStart = requestEnd + 6;
  const status = statusAt(line, requestEnd);
  const bytes = bytesAt(line, bytesStart);
  if (status < 0 || bytes < 0) return bad("expected status and bytes; got neither or one of them");
  return judge(line.slice(0, hostEnd), time, line.slice(requestStart, requestEnd), status, bytes);
}

/** A download is a GET that was answered with some of the file's bytes. */
function judge(
  host: string,
  time: number,
  request: string,
  status: number,
  bytes: number,
): LogLine {
  const methodEnd = request.indexOf(" ");
  if (methodEnd < 1) return ignored("not an HTTP request");
  if (!request.startsWith("GET ")) return ignored("not a GET");
  if (status !== 200 && status !== 206) return ignored(`status ${status}`);
  if (bytes === 0) return ignored("no bytes");
  const protocol = request.lastIndexOf(" HTTP/"); // HTTP/0.9 has none.
  const target = request.slice(methodEnd + 1, protocol < methodEnd ? undefined : protocol);
  return { kind: "download", host, time, path: pathOf(target), bytes };
}

/**
 * The file that a request's target names: without scheme, host and query, percent-encoding
 * resolved. Servers of files ignore the query, which carries tokens and the like.
 */
function pathOf(target: string): string {
  const query = target.indexOf("?");
  let path = query < 0 ? target : target.slice(0, query);
  if (path.startsWith("http")) path = path.replace(/^https?:\/\/[^/]*/, "");
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // Not valid UTF-8: the name stays as it was written.
  }
}

/** Position of the quote that ends a string; one after an odd number of backslashes is part of it. */
function closingQuote(line: string, start: number): number {
  for (let quote = line.indexOf('"', start); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let backslash = quote;
    while (backslash > start && line.charCodeAt(backslash - 1) === BACKSLASH) backslash--;
    if ((quote - backslash) % 2 === 0) return quote;
  }
  return -1;
}

/** The three digits between spaces after the request's closing quote, or -1. */
function statusAt(line: string, quote: number): number {
  if (line.charCodeAt(quote + 1) !== SPACE || line.charCodeAt(quote + 5) !== SPACE) return -1;
  let status = 0;
  for (let i = quote + 2; i < quote + 5; i++) {
    const digit = digitAt(line, i);
    if (digit < 0) return -1;
    status = status * 10 + digit;
  }
  return status;
}

/** The digits or the dash, which is none, up to a space or the end; -1 for anything else. */
function bytesAt(line: string, start: number): number {
  let end = start;
  let bytes = 0;
  for (; end < line.length; end++) {
    const digit = digitAt(line, end);
    if (digit < 0) break;
    bytes = bytes * 10 + digit;
  }
  if (end === start && line[end] === "-") end++;
  const isEnded = end === line.length || line.charCodeAt(end) === SPACE;
  return end > start && isEnded && Number.isSafeInteger(bytes) ? bytes : -1;
}

function digitAt(line: string, position: number): number {
  const digit = line.charCodeAt(position) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function bad(reason: string): LogLine {
  return { kind: "bad", reason };
}

function ignored(reason: string): LogLine {
  return { kind: "ignored", reason };
}
