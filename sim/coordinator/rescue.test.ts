import { test } from "uvu";
import * as assert from "uvu/assert";
import { UNKNOWN_CLIENT } from "../policies/index.ts";
import { redirecting, report } from "./testing.ts";

const AGAIN = { settings: { again: 120 } };

test("who asks again soon gets another volunteer, then the server; those before are audited", () => {
  const { coordinator, actions, nodes } = redirecting(4, AGAIN);
  assert.is(coordinator.ask(7, 3, 100, 0, 0).volunteer, 0);
  assert.is(coordinator.volunteer(0).transfers, 1);
  assert.is(coordinator.survey.doubted, -1);
  assert.is(coordinator.ask(7, 3, 100, 0, 1).volunteer, 1);
  assert.is(coordinator.survey.doubted, 0);
  assert.equal(nodes(), [1, 2, 3]);
  assert.is(coordinator.volunteer(0).transfers, 0);
  assert.equal(actions(), ["audit 0 3"]);
  const { kind, reason } = coordinator.ask(7, 3, 100, 0, 2);
  assert.equal([kind, reason], ["serve", "rescued by the server"]);
  assert.equal(actions(), ["audit 1 3"]);
  assert.is(coordinator.ask(8, 3, 100, 0, 3).volunteer, 0);
  const why = "the customer came back from it";
  assert.equal(coordinator.survey.exclusions(3, 3, 7), [
    { volunteer: 0, reason: why },
    { volunteer: 1, reason: why },
  ]);
  assert.equal(coordinator.survey.exclusions(3, 3, 8), []);
});

test("a question without bytes is no ask, and no complaint costs a volunteer its good name", () => {
  const { coordinator, last } = redirecting(2, AGAIN);
  coordinator.ask(7, 3, 0, 0, 0);
  assert.is(coordinator.ask(7, 3, 100, 0, 1).volunteer, 0);
  assert.is(coordinator.ask(7, 3, 100, 0, 2).volunteer, 1);
  coordinator.ask(8, 3, 100, 0, 3);
  assert.equal(
    last().candidates.map(({ facts, pending, redirected }) => [
      facts.failures,
      pending + redirected,
    ]),
    [
      [0, 0],
      [0, 100],
    ],
  );
});

test("who needs https or IPv6 is sent only where it is", () => {
  const { coordinator, nodes } = redirecting(1);
  const offers = [
    { ipv4: true, https: true },
    { ipv4: true, ipv6: true },
    { ipv6: true, https: true },
  ];
  for (const [at, reach] of offers.entries()) {
    coordinator.register(at + 1, { uplink: 10, reach }, 0);
    coordinator.announce(at + 1, report({ completed: [3] }), 0);
  }
  coordinator.locate(1, { ...UNKNOWN_CLIENT, needs: { ipv4: true } }, 0);
  coordinator.locate(2, { ...UNKNOWN_CLIENT, needs: { ipv4: true, https: true } }, 0);
  coordinator.locate(3, { ...UNKNOWN_CLIENT, needs: { ipv6: true } }, 0);
  const reached = [0, 1, 2, 3].map((where) => {
    coordinator.ask(where, 3, 100, where, 0);
    return nodes();
  });
  // The first volunteer has told nothing of its reach, so that nothing is held against it.
  assert.equal(reached, [
    [0, 1, 2, 3],
    [0, 1, 2],
    [0, 1],
    [0, 2, 3],
  ]);
  assert.equal(coordinator.survey.exclusions(3, 0, 9, 2), [
    { volunteer: 2, reason: "has no https" },
    { volunteer: 3, reason: "has no IPv4" },
  ]);
});

test("who did not answer comes back by an answer, where that is asked for, and not by announcing itself", () => {
  const { coordinator, actions } = redirecting(1, { settings: { probeBack: true } });
  const standing = () => coordinator.survey.standingOf(0, 0);
  coordinator.audited(0, 3, "unanswered", 0);
  coordinator.announce(0, report(), 0);
  assert.equal([standing(), actions()], ["did not answer", ["probe 0 0"]]);
  coordinator.probed(0, null, 0);
  coordinator.announce(0, report(), 0);
  assert.equal([standing(), actions()], ["did not answer", ["probe 0 0"]]);
  coordinator.probed(0, 0.1, 0);
  assert.is(standing(), null);
  coordinator.announce(0, report(), 0);
  assert.equal([standing(), actions()], [null, []]);
});

test.run();
