import { test } from "uvu";
import * as assert from "uvu/assert";
import { INITIAL_WINDOW, Window } from "./slow-start.ts";

test("a window grows by what is acknowledged, up to what the way holds", () => {
  const window = new Window();
  window.grow(INITIAL_WINDOW, 1e6);
  assert.is(window.bytes, 28_960);
  window.grow(1000, 1e6);
  assert.is(window.bytes, 29_960);
  window.grow(29_960, 40_000);
  assert.is(window.bytes, 40_000);
  window.grow(40_000, 30_000);
  assert.is(window.bytes, 40_000);
});

test("a loss leaves seven tenths of a window, which is as far as slow start then goes", () => {
  const window = new Window();
  window.grow(9 * INITIAL_WINDOW, 1e6);
  window.lose();
  assert.is(window.bytes, 7 * INITIAL_WINDOW);
  window.grow(INITIAL_WINDOW, 1e6);
  assert.is(window.bytes, 7 * INITIAL_WINDOW);
  window.rest(0);
  window.wake(0.3, 0.04); // Halved once, it comes back.
  window.grow(4 * INITIAL_WINDOW, 1e6);
  assert.is(window.bytes, 7 * INITIAL_WINDOW);
});

test("no loss leaves less than the initial window", () => {
  const window = new Window();
  window.lose();
  assert.is(window.bytes, INITIAL_WINDOW);
});

test("an idle connection halves its window each timeout, not below the initial one", () => {
  const window = new Window();
  window.grow(7 * INITIAL_WINDOW, 1e6);
  window.rest(0);
  window.wake(0.24, 0.04); // One timeout is 0.2 + 0.04 s.
  assert.is(window.bytes, 8 * INITIAL_WINDOW);
  window.wake(0.25, 0.04);
  assert.is(window.bytes, 4 * INITIAL_WINDOW);
  window.rest(11);
  window.wake(1e9, 0.04);
  assert.is(window.bytes, INITIAL_WINDOW);
});

test.run();
