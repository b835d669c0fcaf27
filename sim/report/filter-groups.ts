import { type PolicyStyle, policyStyles, seriesStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";
import { atFirstLevels, onPage } from "./selection.ts";

/** Choices of one kind, of which each cell has one: the policies, or the levels of an axis. */
export interface FilterGroup {
  readonly name: string;
  readonly choices: readonly FilterChoice[];
}

export interface FilterChoice {
  readonly value: string;
  readonly isShown: boolean;
  /** How it is drawn, where that is all its own. */
  readonly style: PolicyStyle | null;
}

/** A cell of the page with what it has of each group. */
export interface FilteredCell {
  readonly label: string;
  readonly choices: readonly string[];
}

/** What a reader can show and hide. The first group is that of the policies. */
export function filterGroups(data: ReportData): FilterGroup[] {
  const policies = { name: "Policies", choices: seriesStyles(data).map(choiceOf) };
  const { variation } = data;
  if (variation === undefined) return [policies];
  if (onPage(data) !== data) return [policies]; // There are no other levels to show.
  const first = new Set(atFirstLevels(data));
  const shown = variation.cells.filter(({ label }) => first.has(label));
  const isOneEach = policies.choices.length === 1 && variation.axes.length === 1;
  const axes = variation.axes.map(({ name, levels }, at) => ({
    name,
    choices: levels.map((value) => ({
      value,
      isShown: shown.some((cell) => cell.levels[at] === value),
      style: isOneEach ? styleOf(data, value) : null,
    })),
  }));
  return [policies, ...axes];
}

export function filteredCells(data: ReportData): FilteredCell[] {
  const { variation, policies } = onPage(data);
  if (variation === undefined) return policies.map((label) => ({ label, choices: [label] }));
  const hasAxes = filterGroups(data).length > 1;
  return variation.cells.map(({ label, policy, levels }) => ({
    label,
    choices: hasAxes ? [policy, ...levels] : [policy],
  }));
}

function choiceOf(style: PolicyStyle): FilterChoice {
  return { value: style.policy, isShown: !style.isFaint, style };
}

/** The style of the only cell at a level. */
function styleOf(data: ReportData, level: string): PolicyStyle | null {
  const cell = data.variation?.cells.find(({ levels }) => levels[0] === level);
  return policyStyles(data).find(({ policy }) => policy === cell?.label) ?? null;
}
