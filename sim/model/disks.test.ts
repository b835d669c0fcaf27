import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, policies, policyNamed } from "../policies/index.ts";
import { simulate } from "./simulation.ts";
import { logging, namedPolicies, tinyRun, tinySystem, tinyWorkload } from "./testing.ts";

/** Files 1 and 2 are released at 400 and 600; announces, and with them deletions, every 100 s. */
function story(disk: number, eviction: string, params: Record<string, number> = {}) {
  const log: string[] = [];
  const system = tinySystem({
    volunteers: [{ disk }],
    synchronisation: { every: 100, first: 50 },
  });
  const workload = tinyWorkload(
    [100, 100, 100],
    [
      [900, 0, 0],
      [950, 0, 2],
    ],
    {
      released: { 1: 400, 2: 600 },
      window: 1000,
    },
  );
  const bound = {
    ...namedPolicies("random"),
    eviction: bind(policyNamed(policies.eviction, eviction), params),
  };
  simulate(tinyRun({ system, workload, policies: bound }), logging(log));
  return log.filter((line) => /request|pulled/.test(line));
}

test("a volunteer is given what fits its disk and no more", () => {
  const log = story(250, "nothing");
  assert.is(log.filter((line) => line.includes("pulled")).length, 1);
  assert.ok(log.includes("900 request 0 to volunteer 0"));
  assert.ok(log.includes("950 request 2 to server") || log.includes("950 request 1 to server"));
});

test("what is deleted makes room, and is asked for elsewhere once that is announced", () => {
  // Copies go at an age of 300 s: file 0, there from the start, at 300; file 1, there since 470, at 800.
  const log = story(250, "age", { age: 300 });
  assert.is(log.filter((line) => line.includes("pulled")).length, 2);
  assert.ok(log.includes("900 request 0 to server"), log.join("\n"));
  assert.ok(log.includes("950 request 1 to volunteer 0"), log.join("\n"));
});

test("without a limit nothing is deleted", () => {
  const log = story(Number.POSITIVE_INFINITY, "age", { age: 300 });
  assert.ok(log.includes("900 request 0 to volunteer 0"));
  assert.ok(log.includes("950 request 1 to volunteer 0"));
});

test.run();
