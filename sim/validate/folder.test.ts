import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { InputError } from "../engine/input-error.ts";
import { experimentFolders, readRows, readScenario } from "./folder.ts";
import { folderOf } from "./testing.ts";

function problems(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

test("experiments are the folders that begin with a letter and an underscore", () => {
  const folder = folderOf({
    "README.md": "",
    "notes/x.txt": "",
    "B_two/z/scenario.json": "{}",
    "A_one/y/scenario.json": "{}",
    "A_one/x/scenario.json": "{}",
  });
  const found = experimentFolders(folder);
  assert.equal(
    found.map(({ letter }) => letter),
    ["A", "B"],
  );
  assert.equal(found[0].scenarios, [join(folder, "A_one/x"), join(folder, "A_one/y")]);
});

test("a folder that is missing or holds no experiment is said to be", () => {
  const folder = folderOf({ "README.md": "" });
  assert.equal(
    problems(() => experimentFolders("/no/such")),
    ["missing folder of measurements: /no/such"],
  );
  assert.match(problems(() => experimentFolders(folder))[0], /expected folders such as A_http_/);
});

test("a scenario is checked, and every problem is told with its place", () => {
  const schema = z.object({ up: z.number().positive(), name: z.string() });
  const folder = folderOf({ "scenario.json": { up: -1, more: true } });
  const found = problems(() => readScenario(folder, schema));
  assert.is(found.length, 2);
  assert.match(found[0], /scenario\.json: up: /);
  assert.match(found[1], /scenario\.json: name: /);
  const broken = folderOf({ "scenario.json": "{" });
  assert.match(
    problems(() => readScenario(broken, schema))[0],
    /scenario\.json: expected JSON; got/,
  );
  assert.match(problems(() => readScenario(folderOf({}), schema))[0], /missing .*scenario\.json/);
});

test("a table is read by column, and a bad value is told with its line", () => {
  const folder = folderOf({ "outcomes.csv": "a,b\n1.5,x\n,y\n" });
  const [first, second] = readRows(folder, "outcomes.csv");
  assert.is(first.number("a"), 1.5);
  assert.is(first.text("b"), "x");
  assert.not(second.has("a"));
  assert.match(problems(() => second.number("a"))[0], /outcomes\.csv:3: missing a$/);
  assert.match(problems(() => first.number("b"))[0], /outcomes\.csv:2: invalid b: x; expected a/);
  assert.match(problems(() => first.text("c"))[0], /missing c/);
});

test("a table without rows is an error", () => {
  const folder = folderOf({ "outcomes.csv": "a,b\n" });
  assert.match(problems(() => readRows(folder, "outcomes.csv"))[0], /expected rows; got none/);
  assert.match(problems(() => readRows(folder, "other.csv"))[0], /missing .*other\.csv/);
});

test.run();
