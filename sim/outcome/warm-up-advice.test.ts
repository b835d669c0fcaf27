import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { minimal, parse } from "../experiment/config/testing.ts";
import { result } from "../runner/testing.ts";
import { warmUpAdvice } from "./warm-up-advice.ts";

const log = parse(`${minimal}measure: { bin: 1 h }\n`);
const sync = (releases: string) =>
  parse(
    `${minimal.replace(
      "workload:\n  log: { file: access.log }",
      `workload:\n  sync: { daily: { bytes: 1 GB }, releases: ${releases} }\n  window: 20 d`,
    )}measure: { bin: 1 h }\n`,
  );
const release = parse(
  `${minimal.replace(
    "log: { file: access.log }",
    "release: { catalogue: c, curve: v, at: 1 h, customers: 5 }\n  window: 20 d",
  )}measure: { bin: 1 h }\n`,
);

const poisson = parse(
  `${minimal.replace(
    "log: { file: access.log }",
    "poisson: { gap: 1 h, size: 1 MB }\n  window: 20 d",
  )}measure: { bin: 1 h }\n`,
);

/** Runs with a rate that is high for `busy` of `hours` hours, and then goes up and down. */
function advice(experiment: Experiment, busy: number, hours = 20 * 24): string | null {
  const rates = (shift: number) =>
    Float64Array.from({ length: hours }, (_, at) => (at < busy ? 100 : 10 + ((at + shift) % 2)));
  const runs = [0, 1].map((shift) => ({ ...result(1), serverRate: rates(shift) }));
  return warmUpAdvice(
    experiment,
    cells(experiment).map((cell) => ({ cell, runs })),
  );
}

test("a run that settles is to be measured after its beginning", () => {
  assert.match(advice(log, 50) ?? "", "MSER-5 on the server's rate would measure from 2 d 2 h on");
  assert.match(advice(log, 50) ?? "", "measure.from is 0:");
  assert.match(advice(sync("[]"), 50) ?? "", "from 2 d 2 h on");
  assert.match(advice(poisson, 50) ?? "", "from 2 d 2 h on");
});

test("nothing is said where measuring begins later, or nothing is to leave out", () => {
  const later = (from: number) => ({ ...log, measure: { ...log.measure, from } });
  assert.is(advice(later(50 * 3600), 50), null);
  assert.is.not(advice(later(49 * 3600), 50), null);
  assert.is(advice(log, 0), null);
});

test("nothing is said of runs that end by themselves, and of days too few to have a rhythm", () => {
  assert.is(advice(release, 50), null);
  assert.is(advice(sync("[{ at: 1 d, bytes: 1 GB }]"), 50), null);
  assert.is(advice(log, 50, 6 * 24), null);
});

test.run();
