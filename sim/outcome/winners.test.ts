import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Cell, cells } from "../experiment/config/cells.ts";
import { minimal, parse } from "../experiment/config/testing.ts";
import type { MetricName } from "../metrics/metric.ts";
import { result } from "../runner/testing.ts";
import { summarise } from "./summary.ts";
import { runsWith } from "./testing.ts";
import { verdict } from "./verdict.ts";
import { isBestOrTied, winners } from "./winners.ts";

const experiment = parse(
  `${minimal.replace(
    "dispatch: origin-only",
    `dispatch:
    - origin-only
    - tracker-informed
    - { tracker-informed: { memory: 1 min } }
    - { tracker-informed: { memory: 2 min } }`,
  )}vary:
  interval: { field: system.tracker.interval, values: [1 min, 30 min] }
  size: { two: {} }
`,
);
const [ORIGIN, FIRST, SECOND, THIRD] = cells(experiment).map(({ policy }) => policy);
const [SHORT, LONG] = [{ interval: "1 min" }, { interval: "30 min" }];

/** Runs in which a metric is as given, by level and policy, and all others are 1. */
function summaryOf(
  metric: MetricName,
  values: Readonly<Record<string, readonly (readonly (number | null)[])[]>>,
  fingerprint = (_: Cell, at: number) => String(at),
) {
  const all = cells(experiment).map((cell, at) => {
    const own = values[cell.levels["interval"]][at % 4];
    const runs = own.map((value) => {
      const run = { ...result(1), fingerprint: fingerprint(cell, at) };
      return { ...run, metrics: { ...run.metrics, [metric]: value } };
    });
    return { cell, runs };
  });
  return summarise(experiment, all);
}

const exactly = (...means: readonly number[]) => means.map((mean) => [mean, mean, mean]);
const found = (summary: ReturnType<typeof summaryOf>, name: MetricName) =>
  winners(summary).filter(({ metric }) => metric === name);

const VISITS = {
  "1 min": exactly(100, 80, 81.6, 81.7),
  "30 min": exactly(50, 100, 200, 40),
};

test("at each combination of levels the best is told, who is as good, and who is worse by how much", () => {
  assert.equal(found(summaryOf("visit.mean", VISITS), "visit.mean"), [
    {
      ...{ metric: "visit.mean", unit: "s", better: "lower", levels: SHORT },
      best: { policy: FIRST, mean: 80 },
      tied: [{ policy: SECOND, mean: 81.6 }], // 2 % more.
      worse: [
        { policy: THIRD, mean: 81.7, gain: (80 - 81.7) / 81.7 },
        { policy: ORIGIN, mean: 100, gain: -0.2 },
      ],
    },
    {
      ...{ metric: "visit.mean", unit: "s", better: "lower", levels: LONG },
      best: { policy: THIRD, mean: 40 },
      tied: [],
      worse: [
        { policy: ORIGIN, mean: 50, gain: -0.2 },
        { policy: FIRST, mean: 100, gain: -0.6 },
        { policy: SECOND, mean: 200, gain: -0.8 },
      ],
    },
  ]);
});

test("where higher is better the gain is positive, and there is none over nothing", () => {
  const values = { "1 min": exactly(0, 0.5, 0.75, 0.745), "30 min": exactly(1, 1, 1, 1) };
  const [first, second] = found(summaryOf("volunteers.jain", values), "volunteers.jain");
  assert.equal(first.best.policy, SECOND);
  assert.equal(
    first.tied.map(({ policy }) => policy),
    [THIRD],
  );
  assert.equal(
    first.worse.map(({ policy, gain }) => [policy, gain]),
    [
      [FIRST, 0.5],
      [ORIGIN, null],
    ],
  );
  assert.equal([second.tied.length, second.worse], [3, []]);
});

test("what chance may explain is as good, however far apart the means are", () => {
  const values = {
    "1 min": [
      [100, 101, 102],
      [10, 30, 20],
      [25, 15, 35],
      [90, 91, 92],
    ],
    "30 min": exactly(1, 1, 1, 1),
  };
  const [first] = found(summaryOf("visit.mean", values), "visit.mean");
  assert.equal([first.best.policy, first.tied.map(({ policy }) => policy)], [FIRST, [SECOND]]);
});

test("cells that decided alike win together; what lacks a metric does not", () => {
  const twin = (_: Cell, at: number) => String(at === 1 ? 2 : at);
  const values = {
    "1 min": [
      [9, 9, 9],
      [5, 5, 5],
      [5, 5, 5],
      [null, null, null],
    ],
    "30 min": exactly(1, 1, 1, 1),
  };
  const [first] = found(summaryOf("visit.mean", values, twin), "visit.mean");
  assert.equal(
    [FIRST, SECOND, ORIGIN, THIRD].map((policy) => isBestOrTied(first, policy)),
    [true, true, false, false],
  );
});

test("the answer tells how often the first three are best or as good, and nothing where all are alike", () => {
  const told = verdict(summaryOf("visit.mean", VISITS));
  assert.ok(
    told.startsWith(
      `By the mean time of a visit ${FIRST} is best or as good in 1 of 2 combinations of levels, ` +
        `${THIRD} in 1 and ${SECOND} in 1. `,
    ),
    told,
  );
  assert.not.match(told, "Jain");
});

test("nobody wins where nothing varies, and of single runs", () => {
  assert.equal(winners(summarise(parse(minimal), runsWith("visit.mean", exactly(1, 2, 3, 4)))), []);
  const once = { "1 min": [[1], [2], [3], [4]], "30 min": [[1], [2], [3], [4]] };
  assert.equal(winners(summaryOf("visit.mean", once)), []);
  assert.not.match(verdict(summaryOf("visit.mean", once)), "as good");
});

test.run();
