import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Replaces files in a folder, each whole: who reads one sees the old bytes or the new. */
export function writeInto(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  for (const [name, content] of files) {
    const writing = join(folder, `.${name}.${process.pid}`);
    try {
      writeFileSync(writing, content);
      renameSync(writing, join(folder, name));
    } finally {
      rmSync(writing, { force: true });
    }
  }
}
