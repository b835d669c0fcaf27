import * as z from "zod";
import type { Complaint } from "./complaint.ts";

/**
 * Adds a rule between fields to the schema of a mapping or a list.
 *
 * It is checked even when other fields are wrong, so that one run reports all mistakes, but not
 * when one of the fields that it `needs` is.
 */
export function withRule<Schema extends z.ZodType>(
  schema: Schema,
  needs: readonly (readonly string[])[],
  check: (value: z.output<Schema>, complainAt: ComplainAt) => void,
): Schema {
  const rule = z.superRefine<z.output<Schema>>(
    (value, context) => {
      check(value, (path, complaint) => {
        context.addIssue({ code: "custom", path, message: complaint.kind, params: { complaint } });
      });
    },
    { when: ({ issues }) => !issues.some((issue) => spoils(issue, needs)) },
  );
  return schema.check(rule);
}

/** Adds the rule that no two items of a list have the same value in a field. */
export function withoutDuplicates<Item extends z.ZodType>(
  schema: z.ZodArray<Item>,
  name: string,
): z.ZodArray<Item> {
  return withRule(schema, [], (items, complainAt) => {
    const seen = new Set<unknown>();
    for (const [index, item] of items.entries()) {
      // Another field of the item may be wrong, or all of it.
      const value = (item as Readonly<Record<string, unknown>> | null)?.[name];
      if (typeof value !== "string") continue;
      if (seen.has(value)) complainAt([index, name], { kind: "duplicate" });
      seen.add(value);
    }
  });
}

export type ComplainAt = (path: (string | number)[], complaint: Complaint) => void;

function spoils(issue: z.core.$ZodRawIssue, needs: readonly (readonly string[])[]): boolean {
  if (issue.code === "unrecognized_keys") return false;
  const path = issue.path ?? [];
  if (path.length === 0) return issue.code === "invalid_type";
  return needs.some((need) =>
    need.every((key, depth) => depth >= path.length || key === path[depth]),
  );
}
