import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { minimal, minimalWith, parse } from "../experiment/config/testing.ts";
import { result } from "../runner/testing.ts";
import { reportCourse } from "./report-course.ts";

/** Two runs of the first cell with these rates of the server, in MB/s. */
function courseOf(experiment: Experiment, ...rates: number[]) {
  const runs = rates.map((rate) => ({
    ...result(1),
    serverRate: Float64Array.of(1e6 * rate),
    backlog: Float64Array.of(rate),
  }));
  return reportCourse(experiment, [{ cell: cells(experiment)[0], runs }]);
}

const FLUID = minimalWith("  customers:", "  transport: { wireEfficiency: false }\n  customers:");

test("no interval of the server's rate reaches beyond what the uplink carries, or below 0", () => {
  // 0.8 and 1 MB/s: 0.9 ± 12.706 · 0.1414 / √2 = 0.9 ± 1.27. The uplink is of 8 Mbit/s.
  const [row] = courseOf(parse(FLUID), 0.8, 1).serverRate;
  assert.ok(Math.abs((row?.mean ?? 0) - 0.9e6) < 1e-3);
  assert.equal([row?.low, row?.high], [0, 1e6]);
  // Of a segment of 1514 bytes on the wire 1448 are the file's.
  const [payload] = courseOf(parse(minimal), 0.7, 0.9).serverRate;
  assert.ok(Math.abs((payload?.high ?? 0) - (1e6 * 1448) / 1514) < 1e-3, String(payload?.high));
});

test("an interval within is left as it is, and of a single run nothing is known", () => {
  const [row] = courseOf(parse(FLUID), 0.5, 0.501).serverRate;
  // 0.5005 ± 12.706 · 0.0005.
  assert.ok(Math.abs((row?.low ?? 0) - 494_147) < 1 && Math.abs((row?.high ?? 0) - 506_853) < 1);
  const [single] = courseOf(parse(FLUID), 0.5).serverRate;
  assert.equal([single?.low, single?.high], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("a backlog has no greatest value", () => {
  const [row] = courseOf(parse(FLUID), 1, 3).backlog;
  assert.is(row?.low, 0);
  assert.ok((row?.high ?? 0) > 14); // 2 ± 12.7.
});

test.run();
