import { test } from "uvu";
import * as assert from "uvu/assert";
import { excerpt } from "./excerpt.ts";

const lines = (...rows: string[]) => rows.join("\n");

test("a problem shows its place, its line and a caret under what is wrong", () => {
  assert.is(
    excerpt("x.yaml", "a: 1\nsed: 1\n", { offset: 5, length: 3 }, "unknown field: sed", "hint"),
    lines("x.yaml:2:1: unknown field: sed", "    2 | sed: 1", "      | ^^^", "      = hint"),
  );
});

test("carets stay on the first line of what spans several", () => {
  const report = excerpt("x.yaml", "a: [1,\r\n 2]\r\n", { offset: 3, length: 8 }, "wrong");
  assert.is(report, lines("x.yaml:1:4: wrong", "    1 | a: [1,", "      |    ^^^"));
});

test("an empty text has a first line", () => {
  assert.is(
    excerpt("x.yaml", "", { offset: 0, length: 1 }, "empty"),
    lines("x.yaml:1:1: empty", "    1 |", "      | ^"),
  );
});

test("a tab or an escape is shown as one space, so that carets line up and terminals obey nothing", () => {
  assert.is(
    excerpt("x.yaml", "\t\x1b[2Ja", { offset: 5, length: 1 }, "wrong"),
    lines("x.yaml:1:6: wrong", "    1 |   [2Ja", "      |      ^"),
  );
});

test("of a long line, the part around the problem is shown", () => {
  const report = excerpt(
    "x.yaml",
    `${"a".repeat(500)}b${"c".repeat(500)}`,
    { offset: 500, length: 1 },
    "b",
  );
  assert.is(
    report,
    lines(
      "x.yaml:1:501: b",
      `    1 | ${"a".repeat(60)}b${"c".repeat(59)}`,
      `      | ${" ".repeat(60)}^`,
    ),
  );
});

test.run();
