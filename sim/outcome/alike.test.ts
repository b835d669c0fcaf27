import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import { result, variedExperiment } from "../runner/testing.ts";
import { standIns } from "./alike.ts";

/** Cells 0 and 1 are at the first levels, 2 and 3 at the next, and so on; fingerprints by cell. */
function all(fingerprints: readonly (readonly string[])[]) {
  return cells(variedExperiment("{ dispatch: origin-only }"))
    .slice(0, fingerprints.length)
    .map((cell, at) => {
      const runs = fingerprints[at].map((fingerprint) => ({ ...result(at), fingerprint }));
      return { cell, runs };
    });
}

test("the first of those with the same events in every run stands for them", () => {
  assert.equal(
    standIns(
      all([
        ["a", "b"],
        ["a", "b"],
      ]),
    ),
    [0, 0],
  );
  assert.equal(
    standIns(
      all([
        ["a", "b"],
        ["a", "c"],
      ]),
    ),
    [0, 1],
  );
  assert.equal(standIns(all([["a", "b"], ["a"]])), [0, 1]);
});

test("other levels are other cells", () => {
  assert.equal(standIns(all([["a"], ["b"], ["a"], ["a"]])), [0, 1, 2, 2]);
});

test("a baseline stands for its like, the first of several", () => {
  const same = all([["a"], ["a"]]);
  assert.equal(
    standIns(same, (at) => at === 1),
    [1, 1],
  );
  assert.equal(
    standIns(same, () => true),
    [0, 0],
  );
});

test.run();
