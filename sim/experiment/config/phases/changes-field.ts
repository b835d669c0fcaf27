/** What an experiment says about what changes while it runs: the format of its `changes:`. */
import * as z from "zod";
import type { Complaint } from "../complaint.ts";
import { field, type JsonSchema, POSITIVE, quantity } from "../field.ts";
import { isMapping } from "../override.ts";
import { withRule } from "../rule.ts";
import { CHANGEABLE } from "./changeable.ts";

/** A change as it is written. */
export interface WrittenChange {
  /** Seconds from the start of the window. */
  readonly at: number;
  /** New values by the paths of their fields, in the order in which they are written. */
  readonly set: Readonly<Record<string, unknown>>;
}

const SET_JSON: JsonSchema = {
  type: "object",
  minProperties: 1,
  propertyNames: { pattern: `^(${CHANGEABLE.map(({ pattern }) => pattern).join("|")})$` },
};

const set = field(SET_JSON, (value, complain): WrittenChange["set"] | undefined => {
  if (isMapping(value) && Object.keys(value).length > 0) return value;
  return complain({ kind: "expected", what: "a mapping of paths to values" });
});

const change = z.strictObject({
  at: quantity("duration", POSITIVE).describe(
    "Seconds from the start of the window; each change comes later than the one before.",
  ),
  set: set.describe(
    "What is so from then on: values by the paths of their fields, as levels of vary have them.",
  ),
});

/** Their times rise. */
export const changesField = withRule(
  z.array(change),
  [],
  (changes: readonly Partial<WrittenChange>[], complainAt) => {
    if (changes.length === 0) {
      complainAt([], { kind: "expected", what: "at least one change" });
    }
    for (const [index, { at }] of changes.entries()) {
      const before = changes[index - 1]?.at;
      if (typeof at !== "number" || typeof before !== "number" || at > before) continue;
      const rule = `not after the change before, at ${before} seconds`;
      complainAt([index, "at"], { kind: "invalid", rule } satisfies Complaint);
    }
  },
);
