import { test } from "uvu";
import * as assert from "uvu/assert";
import { TimeColumns } from "./time-columns.ts";

test("a short window has a column for each whole bin, and what is left over has none", () => {
  const columns = new TimeColumns(3599, 300);
  assert.equal([columns.bins, columns.width, columns.count], [1, 300, 11]);
  assert.equal(
    [-1, 0, 299.9, 300, 3299, 3300].map((time) => columns.at(time)),
    [-1, 0, 0, 1, 10, -1],
  );
});

test("a long window has at most 96 columns of equal numbers of bins, the last of fewer", () => {
  const columns = new TimeColumns(3 * 86_400, 300); // 864 bins.
  assert.equal([columns.bins, columns.width, columns.count], [9, 2700, 96]);
  const odd = new TimeColumns(97 * 60, 60);
  assert.equal([odd.bins, odd.count, odd.at(96 * 60)], [2, 49, 48]);
  assert.is(odd.at(97 * 60), -1);
});

test("who has little room asks for fewer, and gets one at least", () => {
  assert.is(new TimeColumns(3 * 86_400, 300, 10.9).count, 10);
  assert.is(new TimeColumns(3 * 86_400, 300, 0.2).count, 1);
  assert.is(new TimeColumns(3 * 86_400, 300, 1000).count, 96);
});

test("a window shorter than a bin has no column", () => {
  const columns = new TimeColumns(10, 300);
  assert.equal([columns.count, columns.at(0)], [0, -1]);
});

test.run();
