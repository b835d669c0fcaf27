import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, redirected, replay } from "../../testing.ts";
import { type Candidate, SERVER } from "../dispatch.ts";
import { roundRobin } from "./round-robin.ts";

test("holders take turns by number and then start again", () => {
  const next = turns();
  const all = [candidate(2), candidate(5), candidate(9)];
  assert.equal([next(all), next(all), next(all), next(all)], [2, 5, 9, 2]);
});

test("the turn goes on where another file has other holders", () => {
  const next = turns();
  assert.is(next([candidate(2), candidate(5)]), 2);
  assert.is(next([candidate(1), candidate(3), candidate(5)]), 3);
  assert.is(next([candidate(1), candidate(2)]), 1);
});

test("who does not hold the file loses the turn", () => {
  const next = turns();
  const stale = candidate(5, { belief: "stale" });
  assert.is(next([candidate(2), stale, candidate(9)]), 2);
  assert.is(next([candidate(2), stale, candidate(9)]), 9);
});

test("a delivery by the server does not move the turn", () => {
  const { decide, observe } = bind(roundRobin);
  const view = dispatchView([candidate(2), candidate(5), candidate(9)]);
  observe(redirected(2));
  observe(redirected(SERVER));
  assert.equal(decide(view, replay([])), { to: 1, reason: "next in turn" });
});

test.run();

/** The number of the volunteer redirected to, request by request. */
function turns(): (candidates: readonly Candidate[]) => number | undefined {
  const { decide, observe } = bind(roundRobin);
  return (candidates) => {
    const node = candidates[decide(dispatchView(candidates), replay([])).to]?.node;
    if (node !== undefined) observe(redirected(node));
    return node;
  };
}
