import { test } from "uvu";
import * as assert from "uvu/assert";
import { setup } from "./setup.ts";
import { exampleSetup } from "./testing.ts";

const example = exampleSetup();
const { markup } = setup(example);

test("sentences come first, then the drawing, then the tables, and folded ones last", () => {
  const places = ["4 sites.", "<svg", "Volunteers: 40 machines", "<details>"].map((text) =>
    markup.indexOf(text),
  );
  assert.ok(places.every((place) => place > 0));
  assert.equal(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.match(markup, "<details><summary>Policies and their params</summary>");
});

test("names with their values are terms; what has columns is a table", () => {
  assert.not.match(markup, "<dl>");
  const rows = [["Tracker", "announces every 30 min"]];
  const table = { title: "Settings", columns: [], rows, isFolded: false };
  const terms = setup({ ...example, tables: [table] }).markup;
  assert.match(terms, "<dt>Tracker</dt><dd>announces every 30\u00a0min</dd>");
  assert.not.match(
    setup({ ...example, tables: [{ ...table, columns: ["a", "b"] }] }).markup,
    "<dl>",
  );
});

test("long cells may be broken, and texts cannot become markup", () => {
  const rows = [["<b>", "x".repeat(25), "x".repeat(24)]];
  const table = { title: "<i>", columns: ["<u>", "b", "c"], rows, isFolded: false };
  const made = setup({ ...example, tables: [table] }).markup;
  assert.match(made, `<td class="long">${"x".repeat(25)}</td><td class="">${"x".repeat(24)}</td>`);
  for (const tag of ["<b>", "<i>", "<u>"]) assert.not.match(made, tag);
});

test.run();
