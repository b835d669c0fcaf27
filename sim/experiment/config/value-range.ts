/** Ranges of values as people write them: `1 Mbit/s..100 Mbit/s`, `1..8`. */
import type { Complaint } from "./complaint.ts";
import { type Complain, field } from "./field.ts";
import { type Dimension, parseQuantity } from "./quantity.ts";
import { SETTABLE } from "./vary/setting.ts";

/** Numbers from `low` to `high`, both included: base units of the dimension, or plain where it is null. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  readonly dimension: Dimension | null;
}

const DIMENSIONS: readonly Dimension[] = ["duration", "size", "rate"];
const PLAIN = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;
const WHAT = "a range such as 1 Mbit/s..100 Mbit/s or 1..8";

/** Reads `LOW..HIGH`, whose ends are quantities of one kind or plain numbers; 0 may lack its unit. */
export function readValueRange(value: unknown): ValueRange | { readonly complaint: Complaint } {
  const ends = typeof value === "string" ? value.split("..").map((end) => end.trim()) : [];
  const dimension = DIMENSIONS.find((each) =>
    ends.some((end) => "value" in parseQuantity(end, each)),
  );
  const numbers = ends.map((end) => endIn(end, dimension));
  const [low, high] = numbers;
  if (numbers.length !== 2 || low === null || high === null) {
    return { complaint: { kind: "expected", what: WHAT } };
  }
  if (low < high) return { low, high, dimension: dimension ?? null };
  return { complaint: { kind: "invalid", rule: "expected a range from low to high" } };
}

function endIn(end: string, dimension: Dimension | undefined): number | null {
  if (dimension === undefined || end === "0") return PLAIN.test(end) ? Number(end) : null;
  const result = parseQuantity(end, dimension);
  return "value" in result ? result.value : null;
}

/** `ranges:`, in which `sim worst` may vary fields; by their paths. */
export function rangesField() {
  const json = {
    type: "object",
    minProperties: 1,
    propertyNames: { pattern: `^(${SETTABLE.join("|")})(\\.[^.]+)+$` },
    additionalProperties: { type: "string", examples: ["1 Mbit/s..100 Mbit/s", "1..8"] },
  };
  return field(json, (value, complain): Readonly<Record<string, ValueRange>> | undefined => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return complain({ kind: "expected", what: "a mapping of paths to ranges" });
    }
    const read = Object.entries(value).map(([path, range]) => {
      return [path, rangeAt(path, range, complain)] as const;
    });
    const good = read.filter((each): each is [string, ValueRange] => each[1] !== undefined);
    return good.length < read.length ? undefined : Object.fromEntries(good);
  });
}

function rangeAt(path: string, value: unknown, complain: Complain): ValueRange | undefined {
  const range = readValueRange(value);
  return "complaint" in range ? complain(range.complaint, path) : range;
}
