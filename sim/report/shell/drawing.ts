import type { Config } from "vega-lite";
import type { Chart, ChoiceOption } from "../charts/chart.ts";
import { chartTheme, EXPORT_WIDTH, exportTheme } from "../charts/theme.ts";
import type { FilteredCell } from "../filter-groups.ts";
import type { PolicyStyle } from "../policy-style.ts";
import { type ChartRow, type PackedRows, packedRows, packedSpec } from "./packed-rows.ts";

/** The charts of a page and how they look: what its script draws. */
export interface Drawing {
  readonly charts: readonly Chart[];
  /** Of charts whose lines are single cells. */
  readonly cells: ChartThemes;
  /** Of charts whose lines run across levels. */
  readonly series: ChartThemes;
  /** What the filter shows and hides; empty without a filter. */
  readonly filtered: readonly FilteredCell[];
}

/** The look of a chart on a light and a dark page, and as a file that a reader saves. */
export interface ChartThemes {
  readonly light: Config;
  readonly dark: Config;
  readonly saved: Config;
}

/** Themes in which each policy has its colour, for charts with a legend outside. */
export function policyThemes(styles: readonly PolicyStyle[]): ChartThemes {
  return {
    light: chartTheme(styles, "light"),
    dark: chartTheme(styles, "dark"),
    saved: exportTheme(styles),
  };
}

/** The data that the script of the page reads. */
export function drawingData(name: string, { charts, cells, series, filtered }: Drawing): object {
  const shared = sharedLists();
  return {
    name,
    charts: charts.map(({ id, columns, plot, isAcrossLevels, choice, spec }) => ({
      ...{ id, columns, plot, isAcrossLevels },
      spec: packedSpec(choice === undefined ? spec : { ...spec, data: { values: [] } }),
      choice: choice?.options.map(({ data }) => packedOption(data, shared.placeOf)),
    })),
    cells: filtered,
    lists: shared.lists,
    themes: { cells, series },
    width: EXPORT_WIDTH,
  };
}

function packedOption(
  data: ChoiceOption["data"],
  placeOf: (list: readonly ChartRow[]) => number,
): object {
  if (!("grid" in data)) return { packed: packedRows(data) };
  const { rows, columns, value, grid } = data;
  return { rows: placeOf(rows), columns: placeOf(columns), value, grid };
}

/** Lists that stand in the page once, however many grids they head. */
function sharedLists() {
  const places = new Map<string, number>();
  const lists: (PackedRows | readonly ChartRow[])[] = [];
  const placeOf = (list: readonly ChartRow[]) => {
    const key = JSON.stringify(list);
    const place = places.get(key) ?? lists.push(packedRows(list)) - 1;
    places.set(key, place);
    return place;
  };
  return { lists, placeOf };
}
