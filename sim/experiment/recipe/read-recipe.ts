import { readFileSync } from "node:fs";
import { InputError } from "../../engine/input-error.ts";
import { type AnyRecipe, parseRecipe, type RecipeOverrides } from "./parse-recipe.ts";

/** Bytes: far more than a recipe takes, far less than a trace that was given by mistake. */
const MAX_BYTES = 1_000_000;

/**
 * Reads the recipe in `file`.
 *
 * @throws InputError with everything that is wrong, each with its place.
 */
export function readRecipe(file: string, overrides: RecipeOverrides = {}): AnyRecipe {
  const bytes = readBytes(file);
  const expected = (found: string) => new InputError([`${file}: expected a recipe; got ${found}`]);
  if (bytes.length > MAX_BYTES) throw expected(`more than ${MAX_BYTES} bytes`);
  if (bytes.includes(0)) throw expected("binary data");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return parseRecipe(text, file, overrides);
  } catch (error) {
    throw error instanceof TypeError ? expected("binary data") : error;
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new InputError([`${file}: missing file`]);
    if (code === "EISDIR") throw new InputError([`${file}: expected a file; got a folder`]);
    throw new InputError([`${file}: expected a readable file; got ${code}`]);
  }
}
