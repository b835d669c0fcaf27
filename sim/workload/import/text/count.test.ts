import { test } from "uvu";
import * as assert from "uvu/assert";
import { countOf } from "./count.ts";

test("a count is digits that a double holds exactly", () => {
  assert.is(countOf("0"), 0);
  assert.is(countOf("007"), 7);
  assert.is(countOf("9007199254740991"), 2 ** 53 - 1);
  for (const text of [
    "",
    "-",
    "-1",
    "+1",
    "1.0",
    "1e3",
    " 1",
    "9007199254740992",
    "1".repeat(99),
  ]) {
    assert.ok(Number.isNaN(countOf(text)), text);
  }
});

test.run();
