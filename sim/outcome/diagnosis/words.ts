import { formatShare } from "../../report/format.ts";
import type { CellEvidence } from "./evidence.ts";

/** Names that a sentence lists before it only counts the others. */
const LISTED = 3;

/**
 * Which cells are meant, as words that follow what is said of them: nothing where all of those are that
 * it could be said of, else the policies if it is so at all of their levels, the level if it is so under
 * all policies, or the cells one by one.
 */
export function where(affected: readonly CellEvidence[], among: readonly CellEvidence[]): string {
  if (affected.length === among.length) return "";
  const policies = distinct(affected, policyOf);
  const isWhole = (of: (each: CellEvidence) => string, names: readonly string[]) =>
    among.filter((each) => names.includes(of(each))).length === affected.length;
  if (isWhole(policyOf, policies)) return ` under ${listed(policies)}`;
  for (const axis of Object.keys(affected[0].cell.levels)) {
    const levelOf = ({ cell }: CellEvidence) => cell.levels[axis];
    const levels = distinct(affected, levelOf);
    if (isWhole(levelOf, levels)) return ` at ${axis} ${listed(levels)}`;
  }
  return ` under ${listed(affected.map(({ cell }) => cell.label))}`;
}

/** Names as a sentence lists them: `a, b and c`. */
export function listed(names: readonly string[]): string {
  const shown = names.length > LISTED + 1 ? names.slice(0, LISTED) : names;
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} others`] : shown;
  if (all.length === 1) return all[0];
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Values as one text, or from the least to the greatest where their texts differ. */
export function span(values: readonly number[], text: (value: number) => string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(text);
  return least === most ? least : `${least} to ${most}`;
}

/** Shares in percent: `90.1 %`, or `90.1 to 95.0 %`. */
export function shares(values: readonly number[]): string {
  return span(values, formatShare).replace(" % to", " to");
}

/** A whole number for people: `3,104`. */
export function counted(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

function policyOf({ cell }: CellEvidence): string {
  return cell.policy;
}

function distinct(cells: readonly CellEvidence[], of: (each: CellEvidence) => string): string[] {
  return [...new Set(cells.map(of))];
}
