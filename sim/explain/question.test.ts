import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { manifest } from "../experiment/manifest.ts";
import { numberedRuns, variedExperiment } from "../runner/testing.ts";
import { questionOf, type TypedQuestion } from "./question.ts";

/** Eight cells of two replications, whose labels say levels and policies. */
const experiment = variedExperiment("{ dispatch: origin-only }");
const all = numberedRuns(experiment);
const run = { folder: "run", manifest: manifest(experiment, [], "f"), all };

function typed(question: Partial<TypedQuestion>) {
  const nothing = { request: undefined, slowest: undefined, metric: undefined, policy: undefined };
  const others = { of: undefined, replication: undefined, alternatives: undefined, jobs: "1" };
  return questionOf({ ...nothing, ...others, ...question }, run);
}

function problems(question: Partial<TypedQuestion>): readonly string[] {
  try {
    typed(question);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

test("what is asked for is read from what was typed", () => {
  assert.equal(typed({ request: "12" }).about, { kind: "request", request: 12 });
  assert.equal(typed({ slowest: "" }).about, { kind: "slowest", of: "visit", count: 10 });
  const requests = typed({ slowest: "3", of: "requests" }).about;
  assert.equal(requests, { kind: "slowest", of: "request", count: 3 });
  assert.equal(typed({ slowest: "3", of: "visits" }).about, { ...requests, of: "visit" });
  for (const [metric, name, of, share] of [
    ["p99", "visit.p99", "visit", 0.99],
    ["visit.mean", "visit.mean", "visit", "mean"],
    ["delay.p99.9", "delay.p99.9", "request", 0.999],
    ["mean", "visit.mean", "visit", "mean"],
  ] as const) {
    const { about } = typed({ metric });
    assert.equal(about, { kind: "metric", metric: { name, of, share } });
  }
});

test("the cell is the one named, or else the first of the tracker's own policy", () => {
  const { cell } = typed({ request: "0" });
  assert.is(all[cell].cell.dispatch.name, "tracker-informed");
  assert.ok(all.slice(0, cell).every(({ cell: before }) => before.dispatch.name === "origin-only"));
  const { label } = all[5].cell;
  assert.is(typed({ request: "0", policy: label }).cell, 5);
  const [problem] = problems({ request: "0", policy: label.replace("interval", "intervall") });
  assert.match(problem, /^--policy: unknown policy: .*; known: .*; did you mean '.*'\?$/);
  assert.ok(problem.includes(`did you mean '${label}'`));
});

test("numbers and metrics that cannot be meant are told with what can", () => {
  const cases: readonly [Partial<TypedQuestion>, RegExp][] = [
    [{}, /^expected one of --request, --slowest and --metric; got none$/],
    [{ request: "1", metric: "p9" }, /; got --request and --metric$/],
    [{ request: "-1" }, /^--request: invalid request: -1; expected a whole number from 0 on$/],
    [
      { slowest: "0" },
      /^--slowest: invalid slowest: 0; expected a whole number of visits from 1 on$/,
    ],
    [{ slowest: "1", of: "files" }, /^--of: unknown kind: files; known: visits, requests$/],
    [{ request: "1", of: "visits" }, /^--of: expected --slowest beside it; got none$/],
    [{ metric: "p100" }, /^--metric: invalid quantile: p100; not in \(0, 100\)$/],
    [{ metric: "p9x" }, /^--metric: unknown metric: p9x; known: visit\.mean, visit\.p50/],
    [
      { metric: "server.bytes" },
      /^--metric: expected a time of visits or a delay; got server\.bytes; known: /,
    ],
    [{ request: "1", replication: "2" }, /invalid replication: 2; not in \[0, 2\)$/],
    [
      { request: "1", alternatives: "1.5" },
      /invalid alternatives: 1\.5; expected a whole number of candidates from 0 on$/,
    ],
    [{ request: "1", jobs: "0" }, /invalid jobs: 0; expected a whole number of threads from 1 on$/],
  ];
  for (const [question, expected] of cases) {
    const found = problems(question);
    assert.is(found.length, 1);
    assert.match(found[0], expected);
  }
});

test("all problems are told at once", () => {
  assert.is(problems({ slowest: "x", policy: "y", jobs: "z", alternatives: "-" }).length, 4);
});

test.run();
