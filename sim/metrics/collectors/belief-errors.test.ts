import { test } from "uvu";
import * as assert from "uvu/assert";
import type { DispatchView } from "../../policies/index.ts";
import { TimeColumns } from "../time-columns.ts";
import { BeliefErrors } from "./belief-errors.ts";

/** A decision at `now` among candidates of which so many transfers each are believed. */
function view(now: number, candidates: readonly (readonly [belief: string, transfers: number])[]) {
  return {
    now,
    count: candidates.length,
    candidates: candidates.map(([belief, transfers], node) => ({ node, belief, transfers })),
  } as unknown as DispatchView;
}

/** Two transfers from volunteer 0 and none from the others. */
function busyFirst(): BeliefErrors {
  const errors = new BeliefErrors(3, new TimeColumns(20, 10));
  errors.begins(7, 0);
  errors.begins(8, 0);
  errors.begins(9, -1); // From the server.
  return errors;
}

test("beliefs are compared with the truth for every candidate that has the file", () => {
  const errors = busyFirst();
  errors.considered(
    view(3, [
      ["verified", 0],
      ["listed", 1],
      ["unknown", 5],
    ]),
  );
  assert.equal(errors.metrics(), {
    "belief.transfers": 0.5, // 0 + 1 believed of 2 + 0.
    "belief.busyAsIdle": 1,
    "belief.idleAsBusy": 1,
  });
});

test("the course sums believed and true transfers by the time of the decision", () => {
  const errors = busyFirst();
  errors.considered(
    view(3, [
      ["verified", 0],
      ["listed", 1],
      ["unknown", 5],
    ]),
  );
  errors.ends(7);
  errors.considered(view(12, [["verified", 3]]));
  errors.considered(view(19, [["verified", 1]]));
  errors.considered(view(20, [["verified", 9]])); // After the window.
  assert.equal(errors.course(), {
    width: 10,
    candidates: Float64Array.of(2, 2),
    believed: Float64Array.of(1, 4),
    actual: Float64Array.of(2, 2),
  });
});

test.run();
