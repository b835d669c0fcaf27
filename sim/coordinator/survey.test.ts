import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, type DispatchView, policies, policyNamed } from "../policies/index.ts";
import { coordinatorOf, redirecting, report, saying } from "./testing.ts";

const LONG_AGO = Number.NEGATIVE_INFINITY;

test("it counts what volunteers hold, and what of that was compared", () => {
  const { coordinator } = coordinatorOf();
  for (let file = 0; file < 6; file++) coordinator.addFile(file, 100, LONG_AGO, 0);
  for (let volunteer = 0; volunteer < 34; volunteer++) {
    coordinator.register(volunteer, { uplink: 10 }, 0);
  }
  coordinator.announce(0, report({ completed: [0, 1, 5] }), 0);
  coordinator.announce(33, report({ completed: [1, 2] }), 0);
  coordinator.audited(33, 2, "passed", 0);
  const [listed, verified] = [new Uint32Array(34), new Uint32Array(34)];
  coordinator.survey.countHoldings(0, 5, listed, verified);
  assert.equal([listed[0], listed[33], verified[0], verified[33]], [2, 2, 0, 1]);
  coordinator.survey.countHoldings(5, 6, listed, verified);
  assert.equal([listed[0], listed[33], listed[1]], [3, 2, 0]);
});

test("the others that could have been chosen: the least loaded first, those that have the file", () => {
  const { coordinator } = redirecting(5);
  const others = (most: number) => {
    const into: number[] = [9];
    coordinator.survey.others(most, into);
    return into;
  };
  coordinator.register(4, { uplink: 5 }, 0);
  coordinator.announce(4, report({ dropped: [3] }), 0);
  coordinator.audited(3, 3, "passed", 0);
  coordinator.ask(1, 4, 100, 0, 0); // To 0, which has 100 B before it now.
  coordinator.ask(2, 3, 100, 0, 0);
  assert.equal(others(9), [1, 2, 3]);
  assert.equal(others(2), [1, 2]);
  assert.equal(others(0), []);
  coordinator.complain(2, 3, 0, "wrong", 100, 0);
  coordinator.leave(1, 0);
  coordinator.changeDispatch(
    { name: "last", params: {} },
    saying((view: DispatchView) => ({ to: view.count - 1, reason: "last" })),
    0,
  );
  coordinator.ask(3, 3, 100, 0, 0);
  assert.equal(others(9), [2, 0]);
});

test("of a volunteer that nobody is sent to there is a reason, whatever is asked for", () => {
  const trust = () => bind(policyNamed(policies.trust, "sampled-audit"));
  const { coordinator } = redirecting(4, { policies: { trust } });
  coordinator.leave(1, 0);
  coordinator.probed(2, null, 0);
  coordinator.audited(3, 3, "failed", 0);
  const reasons = [0, 1, 2, 3].map((volunteer) => coordinator.survey.standingOf(volunteer, 50));
  assert.equal(reasons.slice(0, 3), [null, "has left", "did not answer"]);
  assert.is(
    reasons[3],
    coordinator.survey.exclusions(4, 50).find(({ volunteer }) => volunteer === 3)?.reason,
  );
  assert.is(coordinator.survey.standingOf(0, 101), "has not announced itself");
});

test.run();
