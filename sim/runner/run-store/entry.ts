import { sha256 } from "../../experiment/file-digest.ts";
import type { RunResult } from "../replication.ts";
import { packedJson, packedOf } from "./packed-json.ts";

/**
 * A result as it is stored: its key and its checksum on the first line, the run on the second. The
 * checksum covers the key, so that a file under another's name is not believed either.
 */
export function entryText(key: string, run: RunResult): string {
  const text = packedJson(run);
  return `${headerOf(key, text)}\n${text}\n`;
}

/** The run that is stored in `text` under `key`; null where the text is damaged. */
export function entryOf(key: string, text: string): RunResult | null {
  const end = text.indexOf("\n");
  const stored = text.slice(end + 1, -1);
  const isWhole = end >= 0 && text.endsWith("\n") && text.slice(0, end) === headerOf(key, stored);
  return isWhole ? (packedOf(stored) as RunResult) : null;
}

/** A run as it comes back from the store, so that nothing depends on whether it was there. */
export function asStored(run: RunResult): RunResult {
  return packedOf(packedJson(run)) as RunResult;
}

function headerOf(key: string, text: string): string {
  return JSON.stringify({ key, sha256: sha256(`${key}\n${text}`) });
}
