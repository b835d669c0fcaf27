import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { indexPage } from "../../report/index-page.ts";
import { listRuns } from "./list-runs.ts";
import { writeInto } from "./write-into.ts";

/** The page that lists all runs, in the folder of results. */
export const INDEX_FILE = "index.html";

/**
 * Writes the page that lists the runs in a folder of results.
 *
 * @returns its path.
 */
export function writeIndex(out: string): string {
  mkdirSync(out, { recursive: true });
  writeInto(out, new Map([[INDEX_FILE, indexPage(listRuns(out))]]));
  return join(out, INDEX_FILE);
}
