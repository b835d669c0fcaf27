import type { SettingsAxis, SettingsLevel } from "./read-axes.ts";

/** One level of each axis, in the order of the axes. */
export type Combination = readonly SettingsLevel[];

/** All combinations of levels; the last axis varies fastest. */
export function product(axes: readonly SettingsAxis[]): Combination[] {
  return axes.reduce<Combination[]>(
    (all, { levels }) => all.flatMap((few) => levels.map((level) => [...few, level])),
    [[]],
  );
}

/** Each level once, beside the first level of the other axes. */
export function eachLevel(axes: readonly SettingsAxis[]): Combination[] {
  return axes.flatMap((axis) =>
    axis.levels.map((level) => axes.map((other) => (other === axis ? level : other.levels[0]))),
  );
}

export function productSize(axes: readonly SettingsAxis[]): number {
  return axes.reduce((size, { levels }) => size * levels.length, 1);
}
