import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { powerOfD } from "./power-of-d.ts";

const view = dispatchView([
  candidate(0, { pending: 1e6 }),
  candidate(1, { pending: 2e6, redirected: 9e6 }),
  candidate(2, { pending: 3e6 }),
]);

test("one choice is any holder, whatever its work", () => {
  // The first is sampled below 1/3, else the second below 1/2, else the third without a draw.
  const { decide } = bind(powerOfD, { choices: 1 });
  assert.is(decide(view, replay([0.33])).to, 0);
  assert.is(decide(view, replay([0.34, 0.49])).to, 1);
  assert.is(decide(view, replay([0.34, 0.51])).to, 2);
});

test("the one with less work of two is taken, own redirects counted or not", () => {
  // The first is left out at 2/3, so the sample is the second and the third: 11 s and 3 s of work
  // with own redirects, 2 s and 3 s without.
  assert.is(bind(powerOfD, { own: 1 }).decide(view, replay([0.67])).to, 2);
  assert.is(bind(powerOfD, { own: 0 }).decide(view, replay([0.67])).to, 1);
});

test("work is weighed in seconds of the uplink", () => {
  const slow = candidate(0, { pending: 2e6 });
  const fast = candidate(1, { pending: 9e6, uplink: 10e6 });
  assert.is(bind(powerOfD).decide(dispatchView([slow, fast]), replay([])).to, 1);
});

test("as many choices as holders need no draw and find the least work", () => {
  assert.is(bind(powerOfD, { choices: 3 }).decide(view, replay([])).to, 0);
  assert.is(bind(powerOfD, { choices: 40 }).decide(view, replay([])).to, 0);
});

test.run();
