import { createHash } from "node:crypto";
import type { Html } from "./html.ts";

/**
 * Nothing is fetched, and only the scripts that were written into the page run. A page that refreshes
 * itself may ask the server that it came from, and no other.
 */
export function contentPolicy(scripts: readonly Html[], refreshes = false): string {
  const hashes = scripts.map(
    ({ markup }) => `'sha256-${createHash("sha256").update(markup).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    ...(refreshes ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
