/** Fields that recipes of all kinds have. */
import { count, field, quantityJson, ratio, readQuantity } from "../config/field.ts";

const DAY = 86_400;

export function seedField() {
  return count({ min: 0, max: 2 ** 32 - 1 })
    .prefault(1)
    .describe("All chance of the trace follows from it.");
}

export function scaleField() {
  return ratio({ min: 0.01, max: 10 }).prefault(1);
}

/** A duration of whole days. */
export function wholeDays(byDefault: string) {
  const range = { min: DAY, max: 366 * DAY };
  return field(quantityJson("duration", range), (value, complain) => {
    const seconds = readQuantity(value, "duration", complain);
    if (seconds === undefined) return undefined;
    if (seconds % DAY === 0 && seconds >= range.min && seconds <= range.max) return seconds;
    return complain({ kind: "invalid", rule: "not 1 to 366 whole days" });
  }).prefault(byDefault);
}
