import { createHash } from "node:crypto";
import type { Html } from "./html.ts";

/** Nothing is fetched, and only the scripts that were written into the page run. */
export function contentPolicy(scripts: readonly Html[]): string {
  const hashes = scripts.map(
    ({ markup }) => `'sha256-${createHash("sha256").update(markup).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
