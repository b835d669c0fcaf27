import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Run, simulate } from "../../model/simulation.ts";
import type { Ask } from "../../model/testing.ts";
import { namedPolicies, tinyRun, tinySystem, tinyWorkload } from "../../model/testing.ts";
import { Recorder } from "../recorder.ts";

/** What the server alone does with the requests, at 10 B/s. */
function record(
  asks: readonly Ask[],
  changes: { parallel?: number; patience?: number } = {},
  from = 0,
) {
  const run: Run = tinyRun({
    system: tinySystem({ customers: changes }),
    workload: tinyWorkload([100, 300, 40], asks, { window: 5000 }),
    policies: namedPolicies("origin-only"),
    measureFrom: from,
  });
  let recorder: Recorder | undefined;
  simulate(run, (world) => {
    recorder = new Recorder(world, run.system, run.workload, { from, horizon: 1000, bin: 100 });
    return recorder;
  });
  if (recorder === undefined) throw new Error("the simulation was not watched");
  return recorder.finish().metrics;
}

const BOTH_AT_ONCE: readonly Ask[] = [
  [10, 0, 0],
  [10, 0, 1],
];

test("a visit lasts from its arrival to the end of its last file, turns included", () => {
  // 100 B until 20 s, then 300 B until 50 s: the second waits 10 s for its turn and takes 30 s.
  const metrics = record(BOTH_AT_ONCE);
  assert.is(metrics["visit.total"], 1);
  assert.is(metrics["visit.mean"], 40);
  assert.is(metrics["delay.mean"], 20);
  assert.is(metrics["delay.arrival.mean"], 25);
  assert.is(metrics["time.turn"], 5);
  assert.is(metrics["time.transfer"], 20);
});

test("with two downloads at once nothing waits for its turn, and the visit lasts as long", () => {
  // At 5 B/s each until 30 s, then 200 B more at 10 B/s until 50 s.
  const metrics = record(BOTH_AT_ONCE, { parallel: 2 });
  assert.is(metrics["visit.mean"], 40);
  assert.is(metrics["delay.mean"], 30);
  assert.is(metrics["time.turn"], 0);
});

test("a visit with a file that failed stands at the horizon, as does the file", () => {
  // The customer gives up the 300 B after 15 s.
  const metrics = record(BOTH_AT_ONCE, { patience: 15 });
  assert.is(metrics["visit.mean"], 1000);
  assert.is(metrics["visit.p95"], 1000);
  assert.is(metrics["visit.incomplete"], 1);
  assert.is(metrics["delay.mean"], (10 + 1000) / 2);
  assert.is(metrics["requests.failed"], 1);
  assert.is(metrics["goodput.share"], 100 / 400);
});

test("a visit that arrived before the measured time is left out as a whole", () => {
  const asks: readonly Ask[] = [
    [10, 0, 2],
    [100, 0, 2],
    [200, 1, 0],
  ];
  const metrics = record(asks, {}, 50);
  assert.is(metrics["visit.total"], 1); // Customer 0 came before; its later request is measured.
  assert.is(metrics["requests.total"], 2);
  assert.is(metrics["visit.mean"], 10);
  assert.is(metrics["server.bytes"], 140);
});

test("where nobody comes there are no visits", () => {
  const metrics = record([[10, 0, 0]], {}, 50);
  assert.is(metrics["visit.total"], 0);
  assert.is(metrics["visit.mean"], null);
  assert.is(metrics["visit.incomplete"], null);
  assert.is(metrics["goodput.share"], null);
});

test.run();
