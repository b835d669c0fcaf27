import { countOf } from "../text/count.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object that a line is; null for any other line. */
export function jsonObject(line: string): JsonObject | null {
  if (!line.trimStart().startsWith("{")) return null; // Spares the cost of most errors.
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

/** The first of the named fields that has a text or a number, as text; null where none has. */
export function jsonText(fields: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return null;
}

/** The first of the named fields as a count; NaN where it is none. */
export function jsonCount(fields: JsonObject, names: readonly string[]): number {
  return countOf(jsonText(fields, names) ?? "");
}
