import type { z } from "zod";
import { MOST_LISTED } from "./schemas.ts";

/** What is told of all that is wrong, at most. */
const MOST_TOLD = 20;

/** What a body says, or all that is wrong with it. */
export type Checked<Value> = { readonly value: Value } | { readonly errors: readonly string[] };

/** Takes a body apart and compares it with what it is to be. */
export function checked<Schema extends z.ZodType>(
  body: string,
  schema: Schema,
): Checked<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { errors: ["expected JSON"] };
  }
  // Before anything else: a million wrong elements would be a million errors.
  const long = tooLong(json, "");
  if (long.length > 0) return { errors: long };
  const result = schema.safeParse(json, { reportInput: true });
  if (result.success) return { value: result.data };
  const errors = result.error.issues.flatMap(told);
  const more = errors.length - MOST_TOLD;
  return { errors: [...errors.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more`] : [])] };
}

/** Lists that are too long, as deep as a body of ours has lists. */
function tooLong(json: unknown, where: string): string[] {
  if (Array.isArray(json)) {
    const isLong = json.length > MOST_LISTED;
    return isLong ? [`${where}: expected at most ${MOST_LISTED} elements; got ${json.length}`] : [];
  }
  if (typeof json !== "object" || json === null || where.includes(".")) return [];
  return Object.entries(json).flatMap(([name, value]) =>
    tooLong(value, where === "" ? name : `${where}.${name}`),
  );
}

function told(issue: z.core.$ZodIssue): string[] {
  const where = issue.path.join(".");
  const at = where === "" ? "" : `${where}: `;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${at}unknown field: ${key.slice(0, 100)}`);
  }
  if (issue.code !== "invalid_type") return [`${at}${issue.message}`];
  if (issue.input === undefined) return [`missing ${where}`];
  return [`${at}expected ${issue.expected}; got ${typeOf(issue.input)}`];
}

function typeOf(value: unknown): string {
  if (value === null || value === Number.POSITIVE_INFINITY) return String(value);
  return Array.isArray(value) ? "array" : typeof value;
}
