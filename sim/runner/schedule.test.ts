import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import { scheduled, shardsOf, workloadNumbers } from "./schedule.ts";
import { variedExperiment } from "./testing.ts";

const varied = variedExperiment(
  "{ dispatch: origin-only }",
  `  interval: { field: system.tracker.interval, values: [1 min, 30 min] }
  window: { field: workload.window, values: [1 h, 2 h] }
`,
);

test("variants with the same workload share it", () => {
  assert.equal(workloadNumbers(varied), [0, 1, 0, 1]);
  assert.equal(workloadNumbers(variedExperiment("{ dispatch: origin-only }")), [0, 0, 0, 0]);
});

test("every run of every cell is asked for once, replication by replication", () => {
  const { vary: _, ...plain } = varied;
  assert.equal(shardsOf({ ...plain, replications: 2 }), [
    { cell: 0, replication: 0 },
    { cell: 1, replication: 0 },
    { cell: 0, replication: 1 },
    { cell: 1, replication: 1 },
  ]);
  assert.is(shardsOf(varied).length, 10 * cells(varied).length);
});

test("a replication makes each workload once: its cells follow each other", () => {
  const order = scheduled(varied, shardsOf(varied).reverse());
  assert.equal(
    order.map(({ replication }) => replication),
    Array.from({ length: order.length }, (_, at) => Math.floor(at / cells(varied).length)),
  );
  const variants = cells(varied).map(({ variant }) => workloadNumbers(varied)[variant]);
  assert.equal(
    order.slice(0, 8).map(({ cell }) => variants[cell]),
    [0, 0, 0, 0, 1, 1, 1, 1],
  );
});

test.run();
