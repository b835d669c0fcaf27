import { excerpt } from "./excerpt.ts";
import { readText } from "./read-experiment.ts";
import { YamlSource } from "./yaml-source.ts";

/** A mistake that shows only after an experiment was read, at the field of its file that is to change. */
export function problemAt(file: string, path: readonly string[], said: string): string {
  const text = readText(file);
  return excerpt(file, text, new YamlSource(text).spanOfValue(path), said);
}
