import type { Metric } from "./definition.ts";

/** A part of a definition, as people read it. */
export interface Term {
  readonly label: string;
  readonly text: string;
}

const UNITS: Readonly<Record<Metric["unit"], string>> = {
  bytes: "bytes",
  "bytes/s": "bytes/s, shown in bit/s",
  s: "seconds",
  hours: "hours",
  ratio: "ratio, without a unit",
  count: "a number",
  units: "units of the experiment's prices",
};

export const DIRECTIONS: Readonly<Record<Metric["better"], string>> = {
  lower: "lower is better",
  higher: "higher is better",
  none: "for information",
};

/** How a metric is defined: all of it but its name and the line that sums it up. */
export function termsOf({ formula, population, span, unit, better, horizon }: Metric): Term[] {
  return [
    { label: "formula", text: formula },
    { label: "population", text: population },
    { label: "span", text: span },
    { label: "unit", text: UNITS[unit] },
    { label: "direction", text: DIRECTIONS[better] },
    { label: "horizon", text: horizonText(horizon) },
  ];
}

function horizonText(horizon: Metric["horizon"]): string {
  if (horizon === undefined) return "measure.horizon cuts no value off";
  const cut = "what fails or takes longer than measure.horizon stands there";
  return horizon === "mean"
    ? `${cut}: a mean restricted to it`
    : `${cut}: a value that reaches it is a lower bound, written with >`;
}
