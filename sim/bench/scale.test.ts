import { test } from "uvu";
import * as assert from "uvu/assert";
import { exponentOf } from "./power-law.ts";
import { type ScalePoint, scalePoints } from "./scale.ts";
import { scalePage } from "./scale-page.ts";

test("the exponent of a power law is found, and an even cost has none", () => {
  const near = (ys: readonly number[], exponent: number) =>
    assert.ok(Math.abs(exponentOf([1, 10, 100], ys) - exponent) < 1e-9);
  near([5, 5, 5], 0);
  near([3, 30, 300], 1);
  near([2, 2 * 10 ** 1.5, 2000], 1.5);
});

test("the page of growth has a line for each size, and charts that open without a network", () => {
  const cost = { customers: 1000, volunteers: 10, requests: 5000, events: 20_000, fingerprint: "" };
  const points: ScalePoint[] = scalePoints.map(({ axis, factor }) => ({
    ...{ axis, factor, ...cost, seconds: factor, peakBytes: 1e8 * factor },
  }));
  const figures = Object.fromEntries(
    ["customers", "volunteers", "all"].flatMap((axis) =>
      ["time", "memory"].flatMap((what) => [
        [`scale.${axis}.${what}Exponent`, 1],
        [`scale.${axis}.${what}LastExponent`, 1],
      ]),
    ),
  );
  const machine = { processor: "none", cores: 1, memory: 1, system: "none", node: "none" };
  const page = scalePage({ machine, points, figures: { ...figures, "scale.bytesPerFile": 32 } });
  assert.match(page, /volunteers ×100/);
  assert.match(page, />32</);
  assert.not.match(page, /<(script|link)[^>]+(src|href)="http/);
});

test.run();
