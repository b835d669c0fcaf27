import type { ReportData, Variation } from "./report-data.ts";
import { exampleReport } from "./testing.ts";

/** The example's policies at every combination of an axis of numbers and one of words. */
export function variedReport(
  intervals: readonly string[] = ["1 min", "1 h"],
  crowds: readonly string[] = ["small", "large"],
): ReportData {
  const plain = exampleReport();
  const axes: Variation["axes"] = [
    { name: "interval", levels: intervals, numbers: intervals.map((_, at) => 60 * 60 ** at) },
    { name: "crowd", levels: crowds, numbers: null },
  ];
  const cells = intervals.flatMap((interval) =>
    crowds.flatMap((crowd) =>
      plain.policies.map((policy) => ({
        label: `interval ${interval} + crowd ${crowd} + ${policy}`,
        policy,
        levels: [interval, crowd],
      })),
    ),
  );
  /** The rows of the plain report, once for each variant, under the labels of its cells. */
  const everywhere = <Row extends { readonly policy: string }>(rows: readonly Row[]) =>
    cells.flatMap(({ label, policy }) =>
      rows.filter((row) => row.policy === policy).map((row) => ({ ...row, policy: label })),
    );
  return {
    ...plain,
    policies: cells.map(({ label }) => label),
    metrics: plain.metrics.map((metric) => ({
      ...metric,
      values: everywhere(metric.values).map((value, at) => ({
        ...value,
        mean: value.mean * (1 + at / 100),
        against: value.difference === null ? null : value.policy.replace(/[^+]+$/, " origin-only"),
      })),
    })),
    serverRate: everywhere(plain.serverRate),
    delay: everywhere(plain.delay),
    load: everywhere(plain.load),
    variation: { axes, cells },
  };
}
