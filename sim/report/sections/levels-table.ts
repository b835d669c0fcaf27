import { max, min } from "d3-array";
import { intervalTexts } from "../format.ts";
import { headlineMetrics } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { levelLabel } from "../level-label.ts";
import type { Direction, MetricRow, ReportAxis, ReportData, VariedCell } from "../report-data.ts";

const MOST_METRICS = 4;
const MOST_ROWS = 60;

/** Ratio of the largest to the smallest mean from which shades follow the logarithm. */
const LOGARITHMIC_FROM = 30;

/** Share of the colour in the darkest shade: text stays readable on it. */
const DARKEST = 38;

/** A few metrics by the levels of an axis of words: a table a metric, a row a policy, shaded. */
export function levelsTable(data: ReportData): Html | null {
  const { axes, cells } = data.variation ?? { axes: [], cells: [] };
  const at = axes.findIndex(({ numbers }) => numbers === null);
  const axis = axes[at];
  if (axis === undefined) return null;
  const metrics = headlineMetrics(data.metrics, MOST_METRICS);
  if (metrics.length === 0) return null;
  const rows = rowsOf(axes, at, cells);
  const shown = rows.slice(0, MOST_ROWS);
  const left = rows.length - shown.length;
  return html`<section aria-labelledby="levels"><h2 id="levels">Results by ${axis.name}</h2>
<p class="reading">Means over the replications. The better a value is among all of its metric, the stronger
its shade.${left > 0 ? ` The first ${MOST_ROWS} of ${rows.length} rows.` : ""}</p>
<div class="levels">${shown.length === 1 ? metricsTable(metrics, axis, shown) : metrics.map((metric) => table(metric, axis, shown))}</div>
</section>`;
}

/** What the cells of a row have in common: all but the level of the table's axis. */
interface Row {
  readonly policy: string;
  readonly others: readonly string[];
  /** Label of the cell at each level. */
  readonly cells: ReadonlyMap<string, string>;
}

function rowsOf(axes: readonly ReportAxis[], at: number, cells: readonly VariedCell[]): Row[] {
  const rows = new Map<string, Row & { readonly cells: Map<string, string> }>();
  for (const { label, policy, levels } of cells) {
    const others = axes.flatMap(({ name }, i) =>
      i === at ? [] : [levelLabel(name, levels[i] ?? "")],
    );
    const key = JSON.stringify([policy, ...others]);
    const row = rows.get(key) ?? { policy, others, cells: new Map<string, string>() };
    row.cells.set(levels[at] ?? "", label);
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** One metric: a row for all that is alike but for the level. */
function table(metric: MetricRow, axis: ReportAxis, rows: readonly Row[]): Html {
  const { name, summary, better } = metric;
  const entries = rows.map((row) => {
    const remarks = row.others.map((text) => html`<small>${text}</small>`);
    return html`<tr data-series="${row.policy}"><th scope="row">${row.policy}${remarks}</th>${values(metric, axis, row)}</tr>
`;
  });
  return framed(axis, better, html`${name}<small>${summary}</small>`, entries);
}

/** Where nothing varies but the level: a row for each metric. */
function metricsTable(metrics: readonly MetricRow[], axis: ReportAxis, rows: readonly Row[]): Html {
  const entries = rows.flatMap((row) =>
    metrics.map((metric) => {
      const { name, summary } = metric;
      return html`<tr><th scope="row">${name}<small>${summary}</small></th>${values(metric, axis, row)}</tr>
`;
    }),
  );
  return framed(axis, "lower", html`Metric`, entries);
}

function values(metric: MetricRow, axis: ReportAxis, { cells }: Row): Html[] {
  const shade = shadeOf(metric);
  return axis.levels.map((level) => {
    const value = metric.values.find((each) => each.policy === cells.get(level));
    if (value === undefined) return html`<td>–</td>`;
    const { mean } = intervalTexts(value, metric.unit);
    return html`<td style="--shade:${shade(value.mean)}%">${mean}</td>`;
  });
}

function framed(axis: ReportAxis, better: Direction, corner: Html, rows: readonly Html[]): Html {
  const levels = axis.levels.map((level) => html`<th scope="col">${level}</th>`);
  return html`<div class="scroll" role="region" aria-labelledby="levels" tabindex="0"><table class="shaded ${better}">
<thead><tr><th scope="col">${corner}</th>${levels}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

/** From nothing for the worst mean to the darkest for the best; where neither is, for the highest. */
function shadeOf({ values, better }: MetricRow): (mean: number) => string {
  const [least = 0, most = 0] = [min(values, ({ mean }) => mean), max(values, ({ mean }) => mean)];
  const isWide = least > 0 && most / least > LOGARITHMIC_FROM;
  const scaled = (mean: number) => (isWide ? Math.log(mean) : mean);
  const range = scaled(most) - scaled(least);
  return (mean) => {
    const height = range === 0 ? 0 : (scaled(mean) - scaled(least)) / range;
    return (DARKEST * (better === "lower" ? 1 - height : height)).toFixed(0);
  };
}
