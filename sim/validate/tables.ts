import type { Cause } from "../network/http/causes.ts";
import { aimOf, type MeasureName } from "./aims.ts";
import type { Measure } from "./measure.ts";

/** The measures as aligned columns, the aim beside each. */
export function measuresTable(measures: readonly Measure[]): string {
  const header = [
    "measure",
    "cases",
    "median",
    "aim",
    "",
    "p95",
    "bias",
    "naive median",
    "naive p95",
    "worst",
    "in",
  ];
  const rows = measures.map(({ name, cases, median, p95, bias, naive, worst }) => {
    const aim = aimOf(name);
    return [
      name,
      String(cases),
      number(median),
      aim.toFixed(2),
      median <= aim ? "met" : "MISSED",
      number(p95),
      signed(bias),
      number(naive.median),
      number(naive.p95),
      number(worst.error),
      worst.scenario,
    ];
  });
  return `${aligned([header, ...rows])}\n\nErrors are |log(simulated / measured)|: 0.1 is off by 10 %.`;
}

/** What each cause is worth: the errors of each measure when it is left out. */
export interface AblationRow {
  /** The cause left out; null where nothing is. */
  readonly without: Cause | null;
  readonly errors: Readonly<Partial<Record<MeasureName, Pick<Measure, "median" | "p95">>>>;
}

export function ablationTable(rows: readonly AblationRow[]): string {
  const names = Object.keys(rows[0]?.errors ?? {}) as MeasureName[];
  const body = rows.map(({ without, errors }) => [
    without ?? "(nothing)",
    ...names.map((name) => {
      const { median = Number.NaN, p95 = Number.NaN } = errors[name] ?? {};
      return `${number(median)} ${number(p95)}`;
    }),
  ]);
  return `${aligned([["left out", ...names], ...body])}\n\nMedian and 95th percentile of the errors.`;
}

function number(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "∞";
}

function signed(value: number): string {
  return Number.isFinite(value) ? `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}` : "∞";
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
