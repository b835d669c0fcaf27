/** What an experiment says about files that change in place: the source of defaults of `changes:`. */
import * as z from "zod";
import type { ChangeRecipe } from "../../workload/changes.ts";
import {
  field,
  type JsonSchema,
  NOT_NEGATIVE,
  orElse,
  POSITIVE,
  quantity,
  ratio,
} from "./field.ts";
import { withRule } from "./rule.ts";

const END: JsonSchema = { type: "string", minLength: 1 };

/** The end of a path or a list of them; read as a list. */
const ends = field(
  { anyOf: [END, { type: "array", items: END, minItems: 1 }], examples: ["InRelease"] },
  (value, complain): readonly string[] | undefined => {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    if (items.length === 0) complain({ kind: "expected", what: "at least one end of a path" });
    const isEnd = (item: unknown): item is string => typeof item === "string" && item !== "";
    for (const [index, item] of items.entries()) {
      const path = Array.isArray(value) ? [index] : [];
      if (!isEnd(item)) complain({ kind: "expected", what: "the end of a path" }, ...path);
      else if (items.indexOf(item) < index) complain({ kind: "duplicate" }, ...path);
    }
    return items.filter(isEnd);
  },
);

const changes = z.strictObject({
  match: orElse(ends, null).describe(
    "Ends of the paths of the files that change, together. If neither this nor share is given: with " +
      "a release the indexes of its updates, with a log all files whose names are those of indexes. " +
      "Files below by-hash/, and the editions of generated traces, never change.",
  ),
  share: orElse(ratio({ min: 0, max: 1, above: true }), null).describe(
    "Share of all files that changes, together, each drawn by chance; in place of match.",
  ),
  first: orElse(quantity("duration", NOT_NEGATIVE), null).describe(
    "Seconds from the start of the window to the first change. If absent: with a release its time, " +
      "else the time between two changes.",
  ),
  every: orElse(quantity("duration", POSITIVE), null).describe(
    "Seconds between two changes. There is one alone if absent.",
  ),
}) satisfies z.ZodType<ChangeRecipe>;

export const changesSchema = withRule(changes, [["match"], ["share"]], (given, complainAt) => {
  if (given.match === null || given.share === null) return;
  complainAt(["share"], { kind: "other", text: "expected match or share; got both" });
});
