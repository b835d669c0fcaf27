import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "./config/cells.ts";
import { schedule, workloadNumbers } from "./schedule.ts";
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

test("every run of every cell is one task", () => {
  const { tasks, runOf, taskOf } = schedule(varied);
  assert.is(tasks, 10 * cells(varied).length);
  for (let task = 0; task < tasks; task++) {
    const { cell, replication } = runOf(task);
    assert.is(taskOf(cell, replication), task);
  }
});

test("a replication makes each workload once: its cells follow each other", () => {
  const { runOf } = schedule(varied);
  const variants = cells(varied).map(({ variant }) => workloadNumbers(varied)[variant]);
  const order = variants.map((_, task) => variants[runOf(task).cell]);
  assert.equal(order, [0, 0, 0, 0, 1, 1, 1, 1]);
});

test("where nothing varies, tasks are the cells in their order, replication by replication", () => {
  const { vary: _, ...plain } = varied;
  const { runOf } = schedule(plain);
  assert.equal([0, 1, 2].map(runOf), [
    { cell: 0, replication: 0 },
    { cell: 1, replication: 0 },
    { cell: 0, replication: 1 },
  ]);
});

test.run();
