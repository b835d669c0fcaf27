import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Run, simulate } from "../../model/simulation.ts";
import type { SystemSpec } from "../../model/system.ts";
import { namedPolicies, tinyRun, tinySystem, tinyWorkload } from "../../model/testing.ts";
import type { Workload } from "../../workload/workload.ts";
import { Recorder } from "../recorder.ts";

function record(system: SystemSpec, workload: Workload, dispatch: string, from = 0) {
  const run: Run = tinyRun({
    ...{ system, workload, policies: namedPolicies(dispatch), measureFrom: from },
  });
  let recorder: Recorder | undefined;
  simulate(run, (world) => {
    recorder = new Recorder(world, system, workload, { from, horizon: 1000, bin: 100 });
    return recorder;
  });
  if (recorder === undefined) throw new Error("the simulation was not watched");
  return recorder.finish();
}

test("volunteers that hold nothing make nothing unfair", () => {
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 200 });
  const volunteers = [{}, { count: 3, coverage: 0 }];
  const { metrics, able, loads } = record(tinySystem({ volunteers }), workload, "random");
  assert.equal([...able], [200, 0, 0, 0]);
  assert.equal([...loads], [100 / 20 / 200, 0, 0, 0]);
  assert.is(metrics["volunteers.jain"], 1);
  assert.is(metrics["volunteers.maxOverMean"], 1);
});

test("a volunteer counts from when it has its first file", () => {
  // From 500 s on it fetches ten chunks of 30 B each, at 10 B/s.
  const workload = tinyWorkload([100], [[700, 0, 0]], { released: { 0: 400 }, window: 1000 });
  const { able, loads } = record(tinySystem(), workload, "random");
  assert.equal([...able], [470]);
  assert.equal([...loads], [100 / 20 / 470]);
});

test("an uplink that changes counts as wide as it was when the volunteer could serve", () => {
  const system = tinySystem();
  const [spec] = system.volunteers;
  const changes = [{ ...system, at: 300, volunteers: [{ ...spec, uplink: 5 }] }];
  const workload = tinyWorkload([100], [[400, 0, 0]], { window: 1000 });
  const { able, loads } = record({ ...system, changes }, workload, "random");
  assert.equal([...able], [1000]);
  assert.equal([...loads], [100 / (300 * 20 + 700 * 5)]);
  const late = record({ ...system, changes }, workload, "random", 200);
  assert.equal([...late.loads], [100 / (100 * 20 + 700 * 5)]);
});

test("of what was before the measured time nothing counts", () => {
  const workload = tinyWorkload([100], [[700, 0, 0]], { window: 1000 });
  const { able, loads } = record(tinySystem(), workload, "random", 600);
  assert.equal([...able], [400]);
  assert.equal([...loads], [100 / 20 / 400]);
});

test.run();
