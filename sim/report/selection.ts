import { highlights, type StyledData } from "./highlights.ts";
import type { ReportData } from "./report-data.ts";

/** Cells whose lines can be told apart in one chart. */
const MOST_AT_FIRST = 8;

/** Cells that a page can hold: more would make it slow to open. */
const MOST_ON_PAGE = 120;

/** Labels of the cells that are shown in colour until the reader chooses. */
export function shownAtFirst(data: StyledData): readonly string[] {
  const foremost = new Set(highlights(data));
  const { variation } = data;
  if (variation === undefined) return data.policies.filter((label) => foremost.has(label));
  const first = new Set(atFirstLevels(data));
  return variation.cells
    .filter(({ label, policy }) => first.has(label) && foremost.has(policy))
    .map(({ label }) => label);
}

/** Labels of the cells at the levels that are shown at first: of many cells, at the first of each axis. */
export function atFirstLevels({ policies, variation }: StyledData): readonly string[] {
  if (variation === undefined || policies.length <= MOST_AT_FIRST) return policies;
  const first = variation.axes.map(({ levels }) => levels[0]);
  const cells = variation.cells.filter(({ levels }) =>
    levels.every((level, at) => level === first[at]),
  );
  return cells.map(({ label }) => label);
}

/** The data of the cells that the page holds one by one. */
export function onPage(data: ReportData): ReportData {
  return data.policies.length <= MOST_ON_PAGE ? data : only(data, atFirstLevels(data));
}

/** The data of some cells. */
export function only(data: ReportData, labels: readonly string[]): ReportData {
  const chosen = new Set(labels);
  if (chosen.size === data.policies.length) return data;
  const isChosen = ({ policy }: { readonly policy: string }) => chosen.has(policy);
  const { variation } = data;
  return {
    ...data,
    policies: data.policies.filter((policy) => chosen.has(policy)),
    metrics: data.metrics.map((metric) => ({ ...metric, values: metric.values.filter(isChosen) })),
    serverRate: data.serverRate.filter(isChosen),
    visits: data.visits.filter(isChosen),
    delay: data.delay.filter(isChosen),
    decisions: data.decisions.filter(isChosen),
    beliefs: data.beliefs.filter(isChosen),
    load: data.load.filter(isChosen),
    backlog: data.backlog.filter(isChosen),
    busy: data.busy.filter(isChosen),
    syncDays: data.syncDays.filter(isChosen),
    ...(variation === undefined
      ? {}
      : {
          variation: {
            ...variation,
            cells: variation.cells.filter(({ label }) => chosen.has(label)),
          },
        }),
  };
}
