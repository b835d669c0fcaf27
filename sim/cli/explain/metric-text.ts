import type { Cause, MetricExplanation } from "../../explain/explain-metric.ts";
import type { Trait } from "../../explain/traits.ts";
import { formatMean } from "../../report/format.ts";
import { aligned } from "../aligned.ts";
import { bar, percent } from "./words.ts";

/** Where a quantile of times comes from, for a terminal. */
export function metricText(told: MetricExplanation): string {
  const { metric, beyond, all, requests, watched, causes, traits } = told;
  const share = percent(beyond / all);
  const some =
    watched < requests ? `; ${watched} of their requests, evenly spread, were watched` : "";
  const parts = [
    `${metric} is ${valueText(told)}: ${whose(told)}, which is explained below.\n` +
      `${beyond} of ${all} ${told.of}s, ${share}, took longer${some}.`,
  ];
  if (beyond > 0) parts.push(causesTable(causes), traitsTable(traits));
  return parts.join("\n\n");
}

function valueText({ value: mean, isAtLeast }: MetricExplanation): string {
  return formatMean(isAtLeast ? { mean, isAtLeast } : { mean }, "s");
}

function whose({ of, number, request }: MetricExplanation): string {
  return of === "request"
    ? `that of request ${request}`
    : `that of visit ${number}, of which request ${request} took longest`;
}

const MOST_CAUSES = 8;

function causesTable(causes: readonly Cause[]): string {
  const rows = causes
    .slice(0, MOST_CAUSES)
    .map(({ group, share, most }) => [group, percent(share), bar(share), mostly(most)]);
  return aligned(
    [["THEY WERE HELD BACK BY", "of their delay", "", "most of it"], ...rows],
    ["left", "right", "left", "left"],
  );
}

function mostly(most: Cause["most"]): string {
  return most.map(({ name, share }) => `${name} ${percent(share)}`).join(", ");
}

/** Shares within this ratio of those among all tell nothing. */
const ALIKE = 1.1;

/** What fewer have tells nothing either. */
const FEW = 0.02;

function traitsTable(traits: readonly Trait[]): string {
  const telling = new Set(traits.filter(isTelling).map(({ trait }) => trait));
  const others = [...new Set(traits.map(({ trait }) => trait))].filter((t) => !telling.has(t));
  let last = "";
  const rows = traits
    .filter(({ trait }) => telling.has(trait))
    .map(({ trait, value, share, ofAll }) => {
      const isSame = trait === last;
      last = trait;
      const times = ofAll === 0 ? "" : `${(share / ofAll).toFixed(1)} ×`;
      return [isSame ? "" : trait, value, percent(share), percent(ofAll), times];
    });
  const shown = aligned(
    [["THEY HAVE IN COMMON", "", "of them", "of all", ""], ...rows],
    ["left", "left", "right", "right", "right"],
  );
  return others.length === 0 ? shown : `${shown}\nas all others: ${others.join(", ")}`;
}

function isTelling({ share, ofAll }: Trait): boolean {
  return Math.max(share, ofAll) >= FEW && (share > ofAll * ALIKE || ofAll > share * ALIKE);
}
