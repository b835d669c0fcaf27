import { test } from "uvu";
import * as assert from "uvu/assert";
import { summarise } from "../outcome/summary.ts";
import { FIRST, four, ORIGIN, runsWith, SECOND, THIRD } from "../outcome/testing.ts";
import { answerLines } from "./answer-lines.ts";

const linesOf = (values: readonly (readonly number[])[]) =>
  answerLines(summarise(four, runsWith("visit.mean", values)))?.split("\n") ?? [];

test("who is best by each of the main metrics is a line under names of columns", () => {
  const [header = "", best = "", alike = "", ...others] = linesOf([
    [90, 91, 92],
    [10, 10, 10],
    [30, 31, 32],
    [20, 21, 22],
  ]);
  const columns = ["best by", "policies", "value (95 % interval)", `against ${ORIGIN}`, "within"];
  assert.equal(header.split(/ {2,}/), [...columns, "cannot be told apart from"]);
  const [metric, policy, value, change, within, rivals] = best.split(/ {2,}/);
  assert.equal(
    [metric, policy, value, within, rivals],
    ["visit.mean", FIRST, "10.0 s", "–", "none"],
  );
  assert.match(change ?? "", /^−89\.0 % \(/);
  assert.equal(alike.split(/ {2,}/), ["visit.p95", "all alike", "1.00 s", "–", "–", "–"]);
  assert.is(others.length, 3);
});

test("three of those that cannot be told apart are named", () => {
  const [, first = ""] = linesOf([
    [10, 20, 30],
    [30, 10, 21],
    [20, 32, 10],
    [21, 29, 14],
  ]);
  const named = [ORIGIN, FIRST, SECOND, THIRD].filter((label) => first.includes(label));
  assert.is(named.length, 4); // The best and three more.
});

test("in narrow lines fewer are named, and at last none", () => {
  const values = [
    [10, 20, 30],
    [30, 10, 21],
    [20, 32, 10],
    [21, 29, 14],
  ];
  const summary = summarise(four, runsWith("visit.mean", values));
  const wide = answerLines(summary) ?? "";
  const longest = Math.max(...wide.split("\n").map((line) => line.length));
  const shorter = answerLines(summary, longest - 1) ?? "";
  assert.match(shorter, ", 1 more");
  assert.match(answerLines(summary, 10) ?? "", "  3 more");
});

test("who has the value of the best is no rival of it, but alike", () => {
  const [, first = ""] = linesOf([
    [10, 20, 30],
    [10, 20, 30],
    [10, 20, 31],
    [90, 91, 92],
  ]);
  assert.equal(first.split(/ {2,}/)[1], `${ORIGIN} and 1 alike`);
  assert.match(first, SECOND); // A third more than the best in one of three: chance may explain it.
  assert.not.match(first, FIRST);
});

test("of single runs there is no such table", () => {
  assert.equal(linesOf([[1], [2], [3], [4]]), []);
});

test.run();
