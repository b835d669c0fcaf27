import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { unreadable } from "./unreadable.ts";

/** A gzip file is known by its first two bytes (RFC 1952, section 2.3.1), not by its name. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The text of a small UTF-8 file, plain or gzip. */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw unreadable(path, error);
  }
}
