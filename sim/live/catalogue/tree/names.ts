import type { SkipReason } from "./tree-reader.ts";

/** Names with a dot that distributions publish. */
const PUBLISHED = new Set([".composeinfo", ".discinfo", ".treeinfo", ".well-known"]);

/**
 * Why a file or folder of that name is not published; null where it is. Hidden are all with a dot in
 * front: what rsync is writing (`.NAME.XXXXXX`, `.~tmp~`), and what people forget in a web tree (`.git`,
 * `.htpasswd`).
 *
 * @param name As Node decodes it: U+FFFD stands where it is no UTF-8.
 */
export function skipReason(name: string): SkipReason | null {
  if (UNFIT.test(name)) return "name";
  return name.startsWith(".") && !PUBLISHED.has(name) ? "hidden" : null;
}

// What ends a line or moves a cursor has no place in an answer of HTTP, a manifest or a log.
const UNFIT = /[\p{Cc}\u2028\u2029\ufffd]/u;
