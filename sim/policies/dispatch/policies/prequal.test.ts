import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { dispatchView, known, replay } from "../../testing.ts";
import { prequal } from "./prequal.ts";

const at = (node: number, transfers: number, median: number) => ({
  ...known(node, { latency: { samples: 9, last: 0, mean: 0, deviation: 0, median } }),
  transfers,
});

test("the cold one with the least latency is taken, whatever its transfers", () => {
  // Of 0, 1, 2, 3, 9 transfers the 0.8-quantile is 3, so that only the last, the fastest, is hot.
  const view = dispatchView([at(0, 0, 5), at(1, 1, 4), at(2, 2, 3), at(3, 3, 2), at(4, 9, 1)]);
  assert.is(bind(prequal).decide(view, replay([])).to, 3);
  assert.is(bind(prequal, { quantile: 0.4 }).decide(view, replay([])).to, 1);
  assert.is(bind(prequal, { quantile: 0.5 }).decide(view, replay([])).to, 2); // The third of five.
  assert.is(bind(prequal, { quantile: 1 }).decide(view, replay([])).to, 4);
});

test("where the sample is all hot, the one with the fewest transfers is taken", () => {
  const view = dispatchView([at(0, 0, 9), at(1, 7, 1), at(2, 5, 2)]);
  // Two of three: the first is left out at 2/3. The 0.3-quantile is 0 transfers.
  assert.is(bind(prequal, { pool: 2, quantile: 0.3 }).decide(view, replay([0.67])).to, 2);
});

test.run();
