import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Law } from "../engine/distributions.ts";
import { Engine } from "../engine/engine.ts";
import { streams } from "../engine/random.ts";
import { OnOff, type OnOffSpec } from "./on-off.ts";

const DAY = 86_400;
const exponential = (mean: number): Law => ({ kind: "exponential", mean });
const gamma: Law = { kind: "gamma", shape: 0.357, scale: 157_147, mean: 0.357 * 157_147 };

/** Share of things that are up at each of `times`, of `count` alike. */
function shares(spec: OnOffSpec, count: number, times: readonly number[]): number[] {
  const engine = new Engine({ maxEvents: 10_000_000 });
  const all = Array.from({ length: count }, (_, which) => ({ name: `${which}`, spec }));
  const things = new OnOff(engine, "thing", all, streams(3), () => {});
  things.start();
  return times.map((time) => {
    engine.run(time);
    return all.filter((_, which) => things.isUp(which)).length / count;
  });
}

test("as many are up at the start as later: up / (up + down), whatever the laws", () => {
  // BOINC's hosts: Gamma(0.357, 43.652 h) up, 6.67 h down on average: 15.58 / 22.25 = 0.70.
  const hosts = { up: gamma, down: exponential(24_012), diurnal: 0 };
  const found = shares(hosts, 4000, [0, 3600, DAY, 10 * DAY]);
  for (const share of found) assert.ok(Math.abs(share - 0.7003) < 0.03, `${found}`);
  const even = { up: exponential(100), down: exponential(300), diurnal: 0 };
  for (const share of shares(even, 4000, [0, 50, 1000])) assert.ok(Math.abs(share - 0.25) < 0.03);
});

test("with a daily cycle more are up in the afternoon than in the small hours", () => {
  const hour = exponential(3600);
  const [night, noon] = shares({ up: hour, down: hour, diurnal: 0.8 }, 4000, [
    5 * DAY + 3 * 3600,
    5 * DAY + 15 * 3600,
  ]);
  assert.ok(noon > 0.75 && night < 0.25, `${night} at night, ${noon} by day`);
});

test("what has no law is always up; changes are told, up and down in turn", () => {
  const engine = new Engine({ maxEvents: 1000 });
  const told: string[] = [];
  const constant = { kind: "constant", mean: 10 } as const;
  const all = [
    { name: "steady", spec: null },
    { name: "blinking", spec: { up: constant, down: constant, diurnal: 0 } },
  ];
  const things = new OnOff(engine, "thing", all, streams(1), (which, isUp) =>
    told.push(`${engine.now} ${which} ${isUp}`),
  );
  things.start();
  engine.run(35);
  assert.equal(told, ["10 1 false", "20 1 true", "30 1 false"]);
  assert.ok(things.isUp(0));
});

test.run();
