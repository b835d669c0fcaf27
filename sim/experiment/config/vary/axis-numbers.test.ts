import { test } from "uvu";
import * as assert from "uvu/assert";
import { axisNumbers } from "./axis-numbers.ts";

test("numbers and quantities of one kind are numbers, in base units", () => {
  assert.equal(axisNumbers(["0", "0.5", "1e-7"]), [0, 0.5, 1e-7]);
  assert.equal(axisNumbers(["1 min", "90", "2 h"]), [60, 90, 7200]);
  assert.equal(axisNumbers(["64 KiB", "1 MB"]), [65_536, 1e6]);
  assert.equal(axisNumbers(["8 Mbit/s", "1 MB/s"]), null); // One and the same.
  assert.equal(axisNumbers(["8 Mbit/s", "2 MB/s"]), [1e6, 2e6]);
});

test("words, quantities of two kinds and single levels are none", () => {
  assert.is(axisNumbers(["alike", "unlike"]), null);
  assert.is(axisNumbers(["1", "many"]), null);
  assert.is(axisNumbers(["1 min", "1 MB"]), null);
  assert.is(axisNumbers(["true", "false"]), null);
  assert.is(axisNumbers(["5"]), null);
});

test.run();
