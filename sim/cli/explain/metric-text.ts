import { formatValue } from "../../report/format.ts";
import type { Cause, MetricExplanation } from "../../runner/explain/explain-metric.ts";
import type { Trait } from "../../runner/explain/traits.ts";
import { bar, percent, table } from "./table.ts";

/** Where a quantile of the delay comes from, for a terminal. */
export function metricText(told: MetricExplanation): string {
  const { metric, value, beyond, delivered, request, causes, traits } = told;
  const share = percent(beyond / delivered);
  const head = `${metric} is ${formatValue(value, "s")}; ${beyond} of ${delivered} requests took longer (${share}).`;
  const at = `The request at that value is ${request}, explained below.`;
  const parts = [`${head} ${at}`];
  if (beyond > 0) parts.push(causesTable(causes), traitsTable(traits));
  return parts.join("\n\n");
}

const MOST_CAUSES = 8;

function causesTable(causes: readonly Cause[]): string {
  const rows = causes
    .slice(0, MOST_CAUSES)
    .map(({ group, share, most }) => [group, percent(share), bar(share), mostly(most)]);
  return table(
    [["THEY WERE HELD BACK BY", "of their delay", "", "most of it"], ...rows],
    ["left", "right", "left", "left"],
  );
}

function mostly(most: Cause["most"]): string {
  return most.map(({ name, share }) => `${name} ${percent(share)}`).join(", ");
}

function traitsTable(traits: readonly Trait[]): string {
  let last = "";
  const rows = traits.map(({ trait, value, share, ofAll }) => {
    const isSame = trait === last;
    last = trait;
    const times = ofAll === 0 ? "" : `${(share / ofAll).toFixed(1)} ×`;
    return [isSame ? "" : trait, value, percent(share), percent(ofAll), times];
  });
  return table(
    [["THEY HAVE IN COMMON", "", "of them", "of all", ""], ...rows],
    ["left", "left", "right", "right", "right"],
  );
}
