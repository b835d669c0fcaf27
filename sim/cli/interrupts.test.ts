import { test } from "uvu";
import * as assert from "uvu/assert";
import { interrupts } from "./interrupts.ts";

const NAMES = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const listeners = () => NAMES.map((name) => process.listenerCount(name));

test("the first signal asks to stop; the next, whichever it is, does what it does by itself: it ends all", () => {
  const before = listeners();
  const signal = interrupts("SIGHUP");
  assert.equal(
    listeners(),
    before.map((count) => count + 1),
  );
  assert.is(signal.aborted, false);
  process.emit("SIGHUP", "SIGHUP");
  assert.is(signal.aborted, true);
  assert.equal(listeners(), before);
});

test("only who asks for it stops when the terminal goes away", () => {
  const [, , before] = listeners();
  const signal = interrupts();
  assert.is(listeners()[2], before);
  process.emit("SIGTERM", "SIGTERM");
  assert.is(signal.aborted, true);
});

test.run();
