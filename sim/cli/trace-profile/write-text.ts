import { writeFileSync } from "node:fs";
import { InputError } from "../../engine/input-error.ts";

/** @throws InputError when the file cannot be written. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError([`${path}: expected a file that can be written; got ${code}`]);
  }
}
