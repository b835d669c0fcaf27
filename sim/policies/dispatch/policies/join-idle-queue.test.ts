import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { joinIdleQueue } from "./join-idle-queue.ts";

const { decide } = bind(joinIdleQueue);
const busy = (node: number, transfers: number) => candidate(node, { transfers });

test("any idle holder is taken, all alike", () => {
  const view = dispatchView([busy(0, 3), busy(1, 0), busy(2, 0)]);
  // The second idle one replaces the first below 1/2; busy ones are not drawn for.
  assert.equal(decide(view, replay([0.51])), { to: 1, reason: "idle" });
  assert.equal(decide(view, replay([0.49])), { to: 2, reason: "idle" });
});

test("where nobody is idle, any holder is taken, however busy", () => {
  const view = dispatchView([busy(0, 3), busy(1, 100)]);
  assert.equal(decide(view, replay([0.49])), { to: 1, reason: "nobody idle" });
  assert.equal(decide(view, replay([0.51])), { to: 0, reason: "nobody idle" });
});

test.run();
