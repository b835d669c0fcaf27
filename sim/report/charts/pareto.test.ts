import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type Directions, paretoFront } from "./pareto.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points that Vega keeps. */
async function frontOf(points: readonly Point[], directions: Directions): Promise<Point[]> {
  const spec = {
    data: { name: "points", values: points },
    transform: paretoFront(directions),
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
  } as TopLevelSpec;
  const compiled = compile(spec).spec;
  const view = new View(parse(compiled), { renderer: "none" });
  await view.runAsync();
  const name = compiled.data?.at(-1)?.name ?? "";
  return view.data(name).map(({ x, y }: Point) => ({ x, y }));
}

/** The definition: no other is at least as good in both and better in one. */
function byDefinition(points: readonly Point[], directions: Directions): Set<string> {
  const sign = (direction: "lower" | "higher") => (direction === "lower" ? 1 : -1);
  const costs = points.map(({ x, y }) => [sign(directions.x) * x, sign(directions.y) * y] as const);
  const beats = (a: readonly [number, number], b: readonly [number, number]) =>
    a[0] <= b[0] && a[1] <= b[1] && (a[0] < b[0] || a[1] < b[1]);
  const kept = points.filter((_, at) => {
    const own = costs[at];
    return own !== undefined && !costs.some((other) => beats(other, own));
  });
  return new Set(kept.map((point) => JSON.stringify(point)));
}

const coordinate = fc.integer({ min: 0, max: 6 });
const points = fc.array(fc.record({ x: coordinate, y: coordinate }), {
  minLength: 1,
  maxLength: 9,
});
const direction = fc.constantFrom("lower" as const, "higher" as const);

test("the front is what no other point beats, in any direction", async () => {
  await fc.assert(
    fc.asyncProperty(points, direction, direction, async (some, x, y) => {
      const front = (await frontOf(some, { x, y })).map((point) => JSON.stringify(point));
      assert.equal(new Set(front), byDefinition(some, { x, y }));
      assert.is(new Set(front).size, front.length); // Of those alike, one.
    }),
    { seed: 2008, numRuns: 40 },
  );
});

test.run();
