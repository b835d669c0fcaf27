import { test } from "uvu";
import * as assert from "uvu/assert";
import { SEGMENT_PAYLOAD } from "../wire.ts";
import { connectRecovery, roundRecovery } from "./recovery.ts";

const sent = 10 * SEGMENT_PAYLOAD;

/** Draws these numbers, one after the other. */
function drawing(...numbers: number[]): () => number {
  return () => numbers.shift() ?? 1;
}

test("each try to open a connection that is lost costs a second", () => {
  assert.is(connectRecovery(0.1, drawing(0.5)), 0);
  assert.is(connectRecovery(0.1, drawing(0.05, 0.5)), 1);
  assert.is(connectRecovery(0.1, drawing(0.05, 0.02, 0.5)), 2);
  assert.is(connectRecovery(0, Math.random), 0);
});

test("not all tries are lost", () => {
  assert.is(
    connectRecovery(1, () => 0),
    5,
  );
});

test("less than a segment is no loss", () => {
  assert.is(roundRecovery({ sent, lost: SEGMENT_PAYLOAD - 1, isLast: true }, 0.1), 0);
});

test("a loss that others follow costs a round trip, one at the end a probe as well", () => {
  const lost = 2 * SEGMENT_PAYLOAD;
  assert.is(roundRecovery({ sent, lost, isLast: false }, 0.1), 0.1);
  assert.ok(Math.abs(roundRecovery({ sent, lost, isLast: true }, 0.1) - 0.3) < 1e-12);
});

test("where nothing comes, a timeout goes by first", () => {
  assert.ok(Math.abs(roundRecovery({ sent, lost: sent, isLast: false }, 0.1) - 0.4) < 1e-12);
});

test.run();
