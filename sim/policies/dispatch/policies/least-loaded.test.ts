import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { leastLoaded } from "./least-loaded.ts";

const { decide } = bind(leastLoaded);

test("unsent work is weighed in seconds of the uplink", () => {
  // 4 MB at 1 MB/s take 4 s, 30 MB at 10 MB/s only 3 s.
  const view = dispatchView([
    candidate(0, { pending: 4e6, uplink: 1e6 }),
    candidate(1, { pending: 30e6, uplink: 10e6 }),
  ]);
  assert.is(decide(view, replay([])).to, 1);
});

test("what happened since the report is not seen", () => {
  const view = dispatchView(
    [
      candidate(0, { pending: 1e6, redirected: 0, reportedAt: 0 }),
      candidate(1, { pending: 0, redirected: 1e9, syncRate: 1e6, left: 1e9, reportedAt: 90 }),
    ],
    { now: 100 },
  );
  assert.is(decide(view, replay([])).to, 1);
});

test("idle volunteers are chosen alike, whatever their number", () => {
  const view = dispatchView([0, 1, 2].map((node) => candidate(node)));
  // The second replaces the first below 1/2, the third either below 1/3: on a grid of sixths
  // that gives each of the three 12 of the 36 pairs of draws.
  const sixths = [0, 1, 2, 3, 4, 5].map((k) => (k + 0.5) / 6);
  const picks = sixths.flatMap((u) => sixths.map((v) => decide(view, replay([u, v])).to));
  assert.equal(
    [0, 1, 2].map((index) => picks.filter((to) => to === index).length),
    [12, 12, 12],
  );
});

test.run();
