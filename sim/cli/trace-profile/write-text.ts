import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InputError } from "../../engine/input-error.ts";

/** Writes a file, and its folder if there is none. @throws InputError when the file cannot be written. */
export function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError([`${path}: expected a file that can be written; got ${code}`]);
  }
}
