import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { modulesDigest } from "./modules-digest.ts";

/**
 * Digest of all code that runs in a worker thread, and so of all that can change a result; of neither
 * report nor command line. A changed comment counts as a change: better once too often.
 */
export function codeDigest(): string {
  const here = fileURLToPath(import.meta.url);
  return modulesDigest(fileURLToPath(new URL(`../worker${extname(here)}`, import.meta.url)));
}
