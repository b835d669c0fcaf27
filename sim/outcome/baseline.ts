import type { Cell } from "../experiment/config/cells.ts";
import {
  type CompareSpec,
  type Experiment,
  POLICY_FAMILIES,
} from "../experiment/config/experiment.ts";
import { levelLabel } from "../experiment/level-label.ts";
import type { CellRuns } from "../runner/cell-runs.ts";

/**
 * The baseline that is like `cell` in all that is not compared, if that is another cell. Where the levels
 * that are compared have dispatch policies of their own, it is the only one at the baseline's.
 */
export function baselineOf(
  { compare }: Experiment,
  all: readonly CellRuns[],
  cell: Cell,
): CellRuns | undefined {
  if (compare === null) return undefined;
  const alike = all.filter(
    ({ cell: other }) => isBaseline(compare, other) && isAlike(compare, other, cell),
  );
  const same = alike.find(({ cell: other }) => other.names.dispatch === cell.names.dispatch);
  const found = same ?? (alike.length === 1 ? alike[0] : undefined);
  return found?.cell === cell ? undefined : found;
}

/** Whether two cells differ in nothing but what is compared, and the dispatch policy. */
function isAlike({ synchronisation, levels = {} }: CompareSpec, a: Cell, b: Cell) {
  const axes = Object.keys(a.levels).filter((axis) => !Object.hasOwn(levels, axis));
  return (
    (synchronisation !== null || a.synchronisation === b.synchronisation) &&
    POLICY_FAMILIES.every((of) => of === "dispatch" || a.names[of] === b.names[of]) &&
    axes.every((axis) => a.levels[axis] === b.levels[axis])
  );
}

/** Whether a cell is what others are compared with. */
function isBaseline({ dispatch, synchronisation, levels = {} }: CompareSpec, cell: Cell): boolean {
  return (
    cell.dispatch.name === (dispatch ?? cell.dispatch.name) &&
    cell.synchronisation === (synchronisation ?? cell.synchronisation) &&
    Object.entries(levels).every(([axis, level]) => cell.levels[axis] === level)
  );
}

/** What the others are compared with, or null: a cell's label, or what its baselines share. */
export function baselineName(
  { compare, vary }: Experiment,
  all: readonly CellRuns[],
): string | null {
  if (compare === null) return null;
  const baselines = all.filter(({ cell }) => isBaseline(compare, cell));
  if (vary === undefined || baselines.length === 1) return baselines[0]?.cell.label ?? null;
  const { dispatch, synchronisation, levels = {} } = compare;
  const named = Object.entries(levels).map(([axis, level]) => levelLabel(axis, level));
  return [...named, dispatch, synchronisation].filter((part) => part !== null).join(" + ");
}
