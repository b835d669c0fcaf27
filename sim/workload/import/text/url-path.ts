import { utf8Of } from "./utf8.ts";

/**
 * The file that a request's target names: without query, and without scheme and host unless
 * `withHost`, its percent-encoding resolved. Servers of files ignore the query, which carries
 * tokens and the like.
 *
 * `target` is Latin-1, a character a byte. Encoded bytes that are not UTF-8 stay encoded.
 */
export function urlPath(target: string, { withHost = false } = {}): string {
  const end = target.search(/[?#]/);
  let path = end < 0 ? target : target.slice(0, end);
  if (/^[a-z]+:\/\//i.test(path)) path = path.replace(withHost ? SCHEME : SCHEME_AND_HOST, "");
  return utf8Of(path.includes("%") ? path.replace(ENCODED, decoded) : path);
}

const SCHEME = /^[a-z]+:\/\//i;
const SCHEME_AND_HOST = /^[a-z]+:\/\/[^/]*/i;
const ENCODED = /%([0-9a-f]{2})/gi;

function decoded(_encoded: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}
