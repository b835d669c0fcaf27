import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, known, replay } from "../../testing.ts";
import { split } from "../testing.ts";
import { leastRequest } from "./least-request.ts";

test("of equal weights, a busy holder is taken only if it is sampled twice: 1/9", () => {
  const view = dispatchView([candidate(0), candidate(1), candidate(2, { transfers: 9 })]);
  const thirds = [0, 1, 2].map((k) => (k + 0.5) / 3);
  const picks = thirds.flatMap((u) =>
    thirds.map((v) => bind(leastRequest).decide(view, replay([u, v])).to),
  );
  assert.equal(
    [0, 1, 2].map((index) => picks.filter((to) => to === index).length),
    [4, 4, 1],
  );
});

test("of unequal weights, each gets weight / (transfers + 1)^bias", () => {
  const view = dispatchView([
    { ...known(0, { weight: 100 }), transfers: 0 },
    { ...known(1, { weight: 400 }), transfers: 1 },
  ]);
  assert.equal(split(bind(leastRequest), view, 3), [1, 2]); // 100/1 and 400/2.
  assert.equal(split(bind(leastRequest, { bias: 2 }), view, 2), [1, 1]); // 100/1 and 400/4.
});

test.run();
