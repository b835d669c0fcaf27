import { test } from "uvu";
import * as assert from "uvu/assert";
import { unbroken } from "./unbroken.ts";

/** With a line where a space does not break. */
const seen = (text: string) => unbroken(text).replaceAll("\u00a0", "_");

test("a number stays with its unit, and nothing else does", () => {
  assert.is(seen("59.9 % of 9 Mbit/s in 1 d 9 h"), "59.9_% of 9_Mbit/s in 1_d 9_h");
  assert.is(seen("64 KiB, 20 ms, 5 GB (4 to 6)"), "64_KiB, 20_ms, 5_GB (4 to 6)");
  assert.is(seen("3 of 4 dogs, 2 minutes, 7 m/s"), "3 of 4 dogs, 2 minutes, 7 m/s");
});

test.run();
