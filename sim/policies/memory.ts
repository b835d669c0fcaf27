import { shown } from "./shape.ts";

/**
 * What in `saved` is not as in `fresh`, the memory of a policy that has been told nothing: then another
 * policy saved it, or another version of this one. What `fresh` leaves open (null, lists, absent fields)
 * may be anything.
 */
export function memoryProblems(fresh: unknown, saved: unknown, place = "memory"): string[] {
  if (fresh === null) return [];
  const expected = kindOf(fresh);
  if (kindOf(saved) !== expected) return [`${place}: expected ${expected}; got ${shown(saved)}`];
  if (typeof fresh !== "object" || Array.isArray(fresh)) return [];
  return Object.entries(fresh as object).flatMap(([name, part]) =>
    memoryProblems(part, (saved as Readonly<Record<string, unknown>>)[name], `${place}.${name}`),
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number") return Number.isNaN(value) ? "no number" : "a number";
  if (typeof value === "boolean") return "true or false";
  return typeof value === "string" ? "text" : "an object";
}
