/** Which way each of two metrics is better. */
export interface Directions {
  readonly x: "lower" | "higher";
  readonly y: "lower" | "higher";
}

/**
 * Vega-Lite transforms that keep of rows the Pareto front: those that no other beats in one of `x`
 * and `y` without losing in the other. It follows the rows that are drawn, so it is not computed
 * here. Of rows that are alike in both, one is kept.
 */
export function paretoFront({ x, y }: Directions) {
  const height = y === "lower" ? "datum.y" : "-datum.y";
  return [
    { calculate: height, as: "cost" },
    {
      window: [{ op: "min" as const, field: "cost", as: "least" }],
      // Those before a row in this order are at least as good in x.
      sort: [
        { field: "x", order: x === "lower" ? ("ascending" as const) : ("descending" as const) },
        { field: "cost", order: "ascending" as const },
      ],
      frame: [null, -1] as [null, number],
      ignorePeers: true,
    },
    { filter: "!isValid(datum.least) || datum.cost < datum.least" },
  ];
}
