/** A number that a run is judged by. */
export interface Metric {
  /** Dotted, most general part first: `visit.p95`. Published names are never reused. */
  readonly name: string;
  readonly unit: "bytes" | "bytes/s" | "s" | "hours" | "ratio" | "count" | "units";
  readonly better: "lower" | "higher" | "none";
  /** What it is, in a line. */
  readonly summary: string;
  /** How it is worked out. */
  readonly formula: string;
  /** Of what: which requests, visits, volunteers or links. */
  readonly population: string;
  /** From when to when. */
  readonly span: string;
  /** The file that works it out, below sim/. */
  readonly source: string;
  /**
   * Whether what is counted is cut at the horizon: a `quantile` that stands there is at least that, a
   * `mean` is restricted to it.
   */
  readonly horizon?: "quantile" | "mean";
}

/** What the metrics of a family have in common. */
type Common = Pick<Metric, "population" | "span" | "source">;

type Own<Name extends string> = Omit<Metric, keyof Common | "name"> &
  Partial<Common> & { readonly name: Name };

/** The metrics of a family, each with what they have in common unless it says otherwise. */
export function family<const Name extends string>(
  common: Common,
  metrics: readonly Own<Name>[],
): readonly (Metric & { readonly name: Name })[] {
  return metrics.map((own) => ({ ...common, ...own }));
}

export const SPANS = {
  /** Of what belongs to requests. */
  arrivals: "arrivals from measure.from to the end of the window, followed to their ends",
  /** Of what goes on whether anybody asks or not. */
  run: "from measure.from until the last request has ended, at least to the end of the window",
  window: "from measure.from to the end of the window",
} as const;
