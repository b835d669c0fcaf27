import { test } from "uvu";
import * as assert from "uvu/assert";
import { coordinatorOf, redirecting, report } from "./testing.ts";

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

test("the others that could have been chosen: those that have the file, behind whom it was sent to", () => {
  let to = 1;
  const { coordinator } = redirecting(5, { dispatch: () => ({ to, reason: "so" }) });
  const others = (most: number) => {
    const into: number[] = [9];
    coordinator.survey.others(most, into);
    return into;
  };
  coordinator.register(4, { uplink: 5 }, 0);
  coordinator.announce(4, report({ dropped: [3] }), 0);
  coordinator.audited(3, 3, "passed", 0);
  coordinator.ask(2, 3, 100, 0, 0);
  assert.equal(others(9), [2, 3, 0]);
  assert.equal(others(2), [2, 3]);
  assert.equal(others(0), []);
  coordinator.leave(2, 0);
  coordinator.ask(3, 3, 100, 0, 0);
  assert.equal(others(9), [3, 0]);
  to = -1; // The server.
  coordinator.ask(4, 3, 100, 0, 0);
  assert.equal(others(9), [0, 1, 3]);
});

test.run();
