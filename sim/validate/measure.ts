import { mean, median, quantileSorted } from "d3-array";
import type { MeasureName } from "./aims.ts";

/** One quantity as it was measured, as the model predicts it, and as the naive fluid model does. */
export interface Case {
  /** Names the scenario and, within it, what was measured. */
  readonly scenario: string;
  readonly simulated: number;
  readonly measured: number;
  readonly naive: number;
}

/** How well cases are predicted. Errors are |log(simulated / measured)|: 0.1 is off by 10 %. */
export interface Measure {
  readonly name: MeasureName;
  readonly cases: number;
  readonly median: number;
  readonly p95: number;
  /** Mean of log(simulated / measured): above 0 where the model is slow, or counts too much. */
  readonly bias: number;
  readonly worst: { readonly scenario: string; readonly error: number };
  readonly naive: { readonly median: number; readonly p95: number };
}

/**
 * The errors of the cases; null when there is none.
 *
 * The logarithm makes half and double the same error, and lets cases of all sizes count alike.
 * (Velho and Legrand, "Accuracy study and improvement of network simulation in the SimGrid
 * framework", SIMUTools 2009, section 3.)
 */
export function measure(name: MeasureName, cases: readonly Case[]): Measure | null {
  if (cases.length === 0) return null;
  const errors = cases.map(({ simulated, measured }) => error(simulated, measured));
  const naive = cases.map(({ naive, measured }) => error(naive, measured));
  const worst = errors.reduce((most, one, at) => (one > errors[most] ? at : most), 0);
  return {
    name,
    cases: cases.length,
    ...spread(errors),
    bias: mean(cases, ({ simulated, measured }) => Math.log(simulated / measured)) ?? 0,
    worst: { scenario: cases[worst].scenario, error: errors[worst] },
    naive: spread(naive),
  };
}

/** A prediction that is none is as wrong as one of nothing. */
function error(predicted: number, measured: number): number {
  const log = Math.abs(Math.log(predicted / measured));
  return Number.isNaN(log) ? Number.POSITIVE_INFINITY : log;
}

function spread(errors: readonly number[]): { median: number; p95: number } {
  const sorted = errors.toSorted((a, b) => a - b);
  return { median: median(sorted) ?? 0, p95: quantileSorted(sorted, 0.95) ?? 0 };
}
