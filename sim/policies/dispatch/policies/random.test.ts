import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { random } from "./random.ts";

const { decide } = bind(random);

test("equal parts of the draw belong to equal holders, those without the file left out", () => {
  const view = dispatchView([
    candidate(0, { belief: "stale" }),
    candidate(1),
    candidate(2, { belief: "partial" }),
    candidate(3, { belief: "listed" }),
    candidate(4),
  ]);
  // Three holders, so thirds of [0, 1) belong to the indices 1, 3 and 4.
  const to = [0, 0.33, 0.34, 0.66, 0.67, 0.999].map((draw) => decide(view, replay([draw])).to);
  assert.equal(to, [1, 1, 3, 3, 4, 4]);
});

test("load and speed do not matter", () => {
  const view = dispatchView([candidate(0, { pending: 1e12, uplink: 1 }), candidate(1)]);
  assert.is(decide(view, replay([0.49])).to, 0);
});

test.run();
