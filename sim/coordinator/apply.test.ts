import { test } from "uvu";
import * as assert from "uvu/assert";
import { UNKNOWN_CLIENT } from "../policies/index.ts";
import { apply } from "./apply.ts";
import type { Coordinator } from "./coordinator.ts";
import type { Event } from "./events.ts";
import { report } from "./testing.ts";

const LOOK = {
  ...{ pendingFiles: 1, pendingBytes: 5, releasedAt: 0, capacity: 10, delivering: 0 },
};
const OFFER = { uplink: 10 };
const REPORT = report();

/** Each event, and the call that it stands for. */
const CALLS: readonly (readonly [Event, string, readonly unknown[]])[] = [
  [
    { kind: "file-added", at: 9, file: 1, size: 2, released: 3, path: "x" },
    "addFile",
    [1, 2, 3, 9],
  ],
  [{ kind: "file-changed", at: 9, file: 1, size: 2 }, "changeFile", [1, 2, 9]],
  [{ kind: "file-removed", at: 9, file: 1 }, "removeFile", [1, 9]],
  [{ kind: "registered", at: 9, volunteer: 1, offer: OFFER }, "register", [1, OFFER, 9]],
  [{ kind: "announced", at: 9, volunteer: 1, report: REPORT }, "announce", [1, REPORT, 9]],
  [{ kind: "left", at: 9, volunteer: 1 }, "leave", [1, 9]],
  [{ kind: "located", at: 9, where: 1, facts: UNKNOWN_CLIENT }, "locate", [1, UNKNOWN_CLIENT, 9]],
  [
    { kind: "asked", at: 9, customer: 1, file: 2, bytes: 3, where: 4, answer: 5 },
    "ask",
    [1, 2, 3, 4, 9],
  ],
  [
    { kind: "complained", at: 9, customer: 1, file: 2, volunteer: 3, how: "gone", bytes: 4 },
    "complain",
    [1, 2, 3, "gone", 4, 9],
  ],
  [{ kind: "delivery-began", at: 9 }, "beginDelivery", [9]],
  [{ kind: "delivery-ended", at: 9 }, "endDelivery", [9]],
  [
    { kind: "audited", at: 9, volunteer: 1, file: 2, result: "passed" },
    "audited",
    [1, 2, "passed", 9],
  ],
  [{ kind: "probed", at: 9, volunteer: 1, seconds: 2 }, "probed", [1, 2, 9]],
  [
    { kind: "sync-asked", at: 9, volunteer: 1, look: LOOK, notBefore: 2 },
    "planSync",
    [1, LOOK, 2, 9],
  ],
  [{ kind: "sync-paced", at: 9, volunteer: 1, look: LOOK }, "paceSync", [1, LOOK, 9]],
  [{ kind: "sync-began", at: 9, volunteer: 1 }, "beganSync", [1, 9]],
  [{ kind: "ticked", at: 9 }, "tick", [9]],
  [{ kind: "doubted", at: 9, volunteer: 4, file: 3 }, "doubt", [4, 3, 9]],
  [{ kind: "uplink-changed", at: 9, uplink: 5 }, "changeUplink", [5, 9]],
];

for (const [event, name, expected] of CALLS) {
  test(`${event.kind} is told by ${name}`, () => {
    const calls: unknown[] = [];
    const heard = new Proxy({} as Coordinator, {
      get:
        (_, called) =>
        (...values: unknown[]) => {
          calls.push([called, values]);
          return "answer";
        },
    });
    assert.is(apply(heard, event), event.kind === "asked" ? "answer" : null);
    assert.equal(calls, [[name, expected]]);
  });
}

test("a policy that takes over is bound anew, a host's own among them", () => {
  const own = {
    name: "ours",
    summary: "",
    source: "",
    params: {},
    decide: () => ({ to: -1, reason: "so" }),
  };
  const calls: unknown[] = [];
  const heard = {
    changeDispatch: (...[chosen, bound, now]: Parameters<Coordinator["changeDispatch"]>) =>
      calls.push(chosen.name, bound.name, now),
  } as unknown as Coordinator;
  const taken = (name: string): Event => {
    return { kind: "dispatch-changed", at: 9, policy: { name, params: {} } };
  };
  assert.is(apply(heard, taken("random")), null);
  assert.is(apply(heard, taken("ours"), { dispatch: [own] }), null);
  assert.equal(calls, ["random", "random", 9, "ours", "ours", 9]);
  assert.throws(() => apply(heard, taken("ours")), /unknown policy: ours/);
});

test.run();
