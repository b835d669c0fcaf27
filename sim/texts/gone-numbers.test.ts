import { test } from "uvu";
import * as assert from "uvu/assert";
import { goneNumbers } from "./gone-numbers.ts";
import { textOf } from "./text.ts";

const TABLE = '<!-- table\nrows: a\nhead: b\ncolumns: { c: "446" }\n-->';

function text(numbers: string) {
  return textOf(
    "experiments/x.md",
    `It took 446 s, not 0.91 or 1,234.\n\n${TABLE}\n\n| ${numbers} |\n\n<!-- end -->\n\nOr 446–448 s.\n`,
  );
}

test("sentences with a number that no table tells any more are named, with their lines", () => {
  assert.equal(goneNumbers(text("446, 0.91, 448"), text("447, 0.91, 448")), [
    "experiments/x.md:1: 446 is in no table any more",
    "experiments/x.md:13: 446 is in no table any more",
  ]);
  assert.equal(goneNumbers(text("446, 0.91, 1,234"), text("446")), [
    "experiments/x.md:1: 0.91, 1,234 are in no table any more",
  ]);
});

test("numbers that moved in the table, and those of one digit, are not named", () => {
  assert.equal(goneNumbers(text("446, 448, 7"), text("448, 446")), []);
});

test.run();
