import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { type Band, bonferroniBand, pointwiseBand, simultaneousBand } from "./band.ts";
import { meanInterval } from "./interval.ts";
import { normal, shareOf } from "./testing.ts";

const random = streams("statistics")("bands");

test("the pointwise band is Student's interval of every point", () => {
  const curves = [Float64Array.of(1, 10), Float64Array.of(2, 10), Float64Array.of(6, 10)];
  const { mean, low, high } = pointwiseBand(curves);
  const first = meanInterval([1, 2, 6]);
  assert.ok(first !== null && Math.abs(low[0] - first.low) < 1e-12);
  assert.ok(first !== null && Math.abs(high[0] - first.high) < 1e-12);
  assert.equal([mean[1], low[1], high[1]], [10, 10, 10]);
});

test("Bonferroni's band of two points is their 97.5 % intervals", () => {
  const { low } = bonferroniBand([Float64Array.of(1, 0), Float64Array.of(2, 0)]);
  assert.ok(Math.abs(low[0] - (meanInterval([1, 2], 0.975)?.low ?? 0)) < 1e-9);
});

test("one curve has an unbounded band, and curves without points an empty one", () => {
  const { mean, low, high } = simultaneousBand([Float64Array.of(3)], random);
  assert.equal([mean[0], low[0], high[0]], [3, -1 / 0, 1 / 0]);
  assert.is(simultaneousBand([new Float64Array(), new Float64Array()], random).mean.length, 0);
});

const POINTS = 60;

/** Curves that wander around zero; neighbouring points move together by `memory`. */
function wandering(curves: number, memory: number, draw: () => number): Float64Array[] {
  return Array.from({ length: curves }, () => {
    let now = draw();
    return Float64Array.from({ length: POINTS }, () => {
      now = memory * now + Math.sqrt(1 - memory ** 2) * draw();
      return now;
    });
  });
}

const holdsAll = ({ low, high }: Band) => low.every((value, at) => value <= 0 && 0 <= high[at]);
const width = ({ low, high }: Band) => high.reduce((sum, value, at) => sum + value - low[at], 0);

test("a simultaneous band holds the whole curve in about 95 %, a pointwise one hardly ever", () => {
  for (const [curves, memory, by] of [
    [5, 0.9, "Bonferroni"],
    [10, 0.9, "largest t"],
    [20, 0.95, "largest t"],
  ] as const) {
    const draw = normal(`curves ${curves}`);
    let pointwise = 0;
    let narrower = 0;
    const held = shareOf(300, () => {
      const found = wandering(curves, memory, draw);
      if (holdsAll(pointwiseBand(found))) pointwise++;
      const band = simultaneousBand(found, random);
      assert.is(band.by, by);
      narrower += width(band) / width(bonferroniBand(found)) / 300;
      return holdsAll(band);
    });
    // About 92 % of ten curves with the largest t; the standard error here is 1 %.
    assert.ok(0.89 <= held && held <= 0.995, `${curves} curves: ${held}`);
    assert.ok(pointwise / 300 < held - 0.3, `pointwise: ${pointwise / 300}`);
    assert.ok(narrower <= 1 && (by === "Bonferroni" || narrower < 0.97), String(narrower));
  }
});

test.run();
