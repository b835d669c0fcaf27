import { valueAt } from "../override.ts";
import type { Setting } from "./setting.ts";
import { startsWith, withSettings } from "./setting.ts";

/** A level's value that multiplies what is there: `×4`, `× 0.5` or `x4`. */
const FACTOR = /^[×x]\s*(\d+(?:\.\d+)?)$/;

/** A number, alone or before its unit. */
const QUANTITY = /^(\d+(?:\.\d+)?(?:e[-+]?\d+)?)(.*)$/is;

/** Digits that a product of two written numbers keeps: 0.1 × 3 is 0.3. */
const DIGITS = 12;

/** What a value multiplies by; null where it is a value like any other. */
export function factorOf(value: unknown): number | null {
  const found = typeof value === "string" ? FACTOR.exec(value.trim()) : null;
  return found === null ? null : Number(found[1]);
}

/** The quantity so many times, written as it was; null where it is none. */
export function times(quantity: unknown, factor: number): string | number | null {
  if (typeof quantity === "number") return rounded(quantity * factor);
  const found = typeof quantity === "string" ? QUANTITY.exec(quantity.trim()) : null;
  return found === null ? null : `${rounded(Number(found[1]) * factor)}${found[2]}`;
}

/**
 * The settings with factors worked out: of those of one place the plain one first, whichever axis says
 * it, and then all factors. Each place is set once.
 */
export function withoutFactors(document: unknown, settings: readonly Setting[]): Setting[] {
  const plain = settings.filter(({ value }) => factorOf(value) === null);
  const set = withSettings(document, plain);
  const worked: Setting[] = [];
  for (const setting of settings) {
    const factor = factorOf(setting.value);
    if (factor === null) continue;
    const before = worked.findIndex(({ path }) => isSame(path, setting.path));
    const value = before < 0 ? valueAt(set, setting.path) : worked[before].value;
    const product = { ...setting, value: times(value, factor) };
    if (before < 0) worked.push(product);
    else worked[before] = product;
  }
  const isWorked = ({ path }: Setting) => worked.some((each) => isSame(each.path, path));
  return [...plain.filter((each) => !isWorked(each)), ...worked];
}

/** Whether two settings of one place can stand together: one of them multiplies. */
export function multiply(a: Setting, b: Setting): boolean {
  return isSame(a.path, b.path) && (factorOf(a.value) !== null || factorOf(b.value) !== null);
}

function isSame(a: Setting["path"], b: Setting["path"]): boolean {
  return a.length === b.length && startsWith(a, b);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
