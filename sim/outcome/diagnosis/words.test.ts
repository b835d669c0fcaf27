import { test } from "uvu";
import * as assert from "uvu/assert";
import { evidence, experimentWith } from "./testing.ts";
import { counted, listed, shares, span, where } from "./words.ts";

const { cells } = evidence(
  experimentWith(
    [
      [
        "[origin-only, tracker-informed]",
        "[origin-only, tracker-informed, fresh+tracker-informed]",
      ],
    ],
    "vary: { age: { field: system.tracker.interval, values: [1 min, 5 min, 9 min] } }\n",
  ),
);
const at = (...numbers: number[]) =>
  where(
    numbers.map((number) => cells[number]),
    cells,
  );

test("which cells are meant is said in the fewest words", () => {
  // Three policies at each of three ages: cells 0 to 2, 3 to 5 and 6 to 8.
  assert.is(cells.length, 9);
  assert.is(at(0, 1, 2, 3, 4, 5, 6, 7, 8), "");
  assert.is(at(0, 3, 6), " under origin-only");
  assert.is(at(0, 1, 3, 4, 6, 7), " under origin-only and tracker-informed");
  assert.is(at(3, 4, 5), " at age 5 min");
  assert.is(at(3, 4, 5, 6, 7, 8), " at age 5 min and 9 min");
  assert.is(at(4), " under age 5 min + tracker-informed");
  assert.is(
    where([cells[0], cells[3]], [cells[0], cells[1], cells[3]]),
    " under origin-only",
    "at the levels at which it could be said of it",
  );
});

test("names are listed, and many only counted", () => {
  assert.is(listed(["a"]), "a");
  assert.is(listed(["a", "b"]), "a and b");
  assert.is(listed(["a", "b", "c", "d"]), "a, b, c and d");
  assert.is(listed(["a", "b", "c", "d", "e"]), "a, b, c and 2 others");
});

test("values are one text, or from the least to the greatest", () => {
  assert.is(span([3, 1, 2], String), "1 to 3");
  assert.is(
    span([1.1, 1.2], (value) => value.toFixed(0)),
    "1",
  );
  assert.is(shares([0.5, 0.25]), "25.0 to 50.0 %");
  assert.is(shares([0.5]), "50.0 %");
});

test("whole numbers have their thousands apart", () => {
  assert.equal([0, 999, 1000, 1_234_567.4].map(counted), ["0", "999", "1,000", "1,234,567"]);
});

test.run();
