import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Dispatch, DispatchEvent, DispatchView } from "../policies/index.ts";
import { coordinatorOf, report, saying, toFirst } from "./testing.ts";

const RANDOM = { name: "random", params: {} };

test("a dispatch policy that takes over knows what was known, and remembers nothing of its own", () => {
  const seen: unknown[] = [];
  const { coordinator } = coordinatorOf({ dispatch: toFirst });
  coordinator.addFile(3, 100, Number.NEGATIVE_INFINITY, 0);
  coordinator.register(0, { uplink: 10 }, 0);
  coordinator.announce(0, report({ completed: [3] }), 0);
  coordinator.ask(7, 3, 90, 1, 1);
  const first = saying<DispatchView, Dispatch, DispatchEvent>(
    ({ candidates, count, server }, draw) => {
      seen.push(count, candidates[0].given, server.uplink, draw());
      return { to: -1, reason: "server" };
    },
  );
  coordinator.changeUplink(7, 2);
  coordinator.changeDispatch(RANDOM, first, 2);
  assert.is(coordinator.ask(8, 3, 50, 1, 3).kind, "serve");
  assert.equal(seen, [1, 90, 7, 0.125]);
  assert.equal(
    first.events.map(({ at }) => at),
    [3],
  );
  assert.equal(coordinator.save().dispatch, first.events);
  assert.is(coordinator.save().known.uplink, 7);
});

test.run();
