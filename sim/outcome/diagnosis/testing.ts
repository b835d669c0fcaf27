/** Evidence for tests: a small experiment of which all is well, and what is planted in it. */
import * as assert from "uvu/assert";
import { cells } from "../../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../../experiment/config/experiment.ts";
import { minimal, parse } from "../../experiment/config/testing.ts";
import type { MetricName } from "../../metrics/metric.ts";
import { type Ask, tinyWorkload } from "../../model/testing.ts";
import type { RunResult } from "../../runner/replication.ts";
import { result } from "../../runner/testing.ts";
import type { Workload } from "../../workload/workload.ts";
import { diagnose } from "./diagnose.ts";
import type { CellEvidence, Evidence } from "./evidence.ts";

const DAY = 86_400;

const LOG = "log: { file: access.log }";
const RELEASE = "release: { catalogue: c, curve: v, at: 1 h, customers: 500 }\n  window: 3 d";

/** Two policies for two volunteers that together can send what the server can, with a release. */
const SOUND = minimal
  .replace("uplink: 1 B/s, downlink: 2 B/s", "uplink: 4 Mbit/s, downlink: 8 Mbit/s")
  .replace("dispatch: origin-only", "dispatch: [origin-only, tracker-informed]")
  .replace(LOG, RELEASE);

/** The sound experiment with these passages replaced, and more fields at its end. */
export function experimentWith(
  changes: readonly (readonly [passage: string, replacement: string])[] = [],
  rest = "",
): Experiment {
  const text = changes.reduce((before, [passage, replacement]) => {
    if (!before.includes(passage)) throw new Error(`no such passage: ${passage}`);
    return before.replace(passage, replacement);
  }, SOUND);
  return parse(text + rest);
}

/** The change that makes it one of a log. */
export const REPLAYED = [RELEASE, LOG] as const;

/** A thousand requests of as many customers over three days, for a file released after an hour. */
export function soundWorkload(): Workload {
  return asked(Array.from({ length: 1000 }, (_, at): Ask => [at * 259, at, 0]));
}

/** Requests for the only file, of 100 bytes, which is released after an hour unless it was there. */
export function asked(asks: readonly Ask[], isNew = true): Workload {
  return tinyWorkload([100], asks, { released: isNew ? { 0: 3600 } : {}, window: 3 * DAY });
}

/** A run of which all is well, at these metrics and whatever else is said. */
export function runWith(
  metrics: Partial<Record<MetricName, number | null>> = {},
  others: Partial<RunResult> = {},
): RunResult {
  const plain = result(0);
  return {
    ...plain,
    metrics: {
      ...plain.metrics,
      "visit.total": 1000,
      "requests.total": 1000,
      "server.share": 0.4,
      "server.peakRate": 900_000,
      "sync.wireBytes": 200,
      ...metrics,
    },
    backlog: Float64Array.of(3, 0),
    able: Float64Array.of(3 * DAY, 3 * DAY),
    endedAt: 3 * DAY,
    reasons: { best: 900, "no holder": 100 },
    ...others,
  };
}

/** What is said of the experiment: `runOf` makes the run of each cell, `workloadOf` its workload. */
export function evidence(
  experiment: Experiment,
  runOf: (cell: CellEvidence["cell"]) => RunResult = () => runWith(),
  workloadOf: (cell: CellEvidence["cell"]) => Workload | null = constant(soundWorkload()),
): Evidence {
  const variants = variantsOf(experiment);
  return {
    experiment,
    cells: cells(experiment).map((cell) => ({
      cell,
      variant: variants[cell.variant],
      runs: [runOf(cell)],
      workload: workloadOf(cell),
    })),
  };
}

export function constant<Value>(value: Value): () => Value {
  return () => value;
}

/** One request each of so many customers, over three days. */
export function* asksOf(customers: number): Generator<Ask> {
  for (let at = 0; at < customers; at++) yield [(at * 3 * DAY) / customers, at, 0];
}

/** What the diagnosis of that id says, and no other may say anything unless it is `also` named. */
export function said(id: string, of: Evidence, ...also: string[]): string | null {
  const notes = diagnose(of);
  assert.equal(
    notes.map((note) => note.id).filter((each) => each !== id && !also.includes(each)),
    [],
  );
  return notes.find((note) => note.id === id)?.text ?? null;
}
