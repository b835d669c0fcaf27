import { test } from "uvu";
import * as assert from "uvu/assert";
import { Misplaced } from "./misplaced.ts";
import { tableText } from "./table.ts";
import { tableSpec } from "./table-spec.ts";
import { exampleSource } from "./testing.ts";

const SOURCES = (name: string) => exampleSource(name);

function shown(says: string): string[] {
  return tableText(tableSpec(says), SOURCES, "example").split("\n");
}

const DELAY = 'columns: { delay: "{delay.mean as 0 s}" }';

test("a dimension gives a row for each of its values, and columns say what stands in them", () => {
  assert.equal(
    shown(`
rows: dispatch
where: { link speed: slow }
head: policy
columns:
  mean delay: "{delay.mean as 0 s (0–0)}"
  fairness: "about {volunteers.jain as 0.00}"
`),
    [
      "| policy | mean delay | fairness |",
      "|---|---|---|",
      "| random | 263 s (253–273) | about 0.85 |",
      "| tiers | 263 s (253–273) | about 0.85 |",
      "| tracker | 170 s (160–180) | about 0.96 |",
    ],
  );
});

test("rows are sorted, the best first; some stand before them, and equal runs are one row", () => {
  const spec = `{ rows: dispatch, where: { link speed: slow }, head: p, merge: true, ${DELAY}`;
  assert.equal(shown(`${spec}, sort: delay.mean }`).slice(2), [
    "| tracker | 170 s |",
    "| random, tiers | 263 s |",
  ]);
  assert.equal(shown(`${spec}, sort: volunteers.jain, first: random }`).slice(2), [
    "| random | 263 s |",
    "| tracker | 170 s |",
    "| tiers | 263 s |",
  ]);
});

test("rows are chosen and left out, in the order in which they are named", () => {
  const spec = `where: { link speed: slow }, head: p, ${DELAY}`;
  assert.equal(shown(`{ rows: { dispatch: [tracker, random] }, ${spec} }`).slice(2), [
    "| tracker | 170 s |",
    "| random | 263 s |",
  ]);
  assert.equal(shown(`{ rows: dispatch, without: { dispatch: random }, ${spec} }`).slice(2), [
    "| tiers | 263 s |",
    "| tracker | 170 s |",
  ]);
});

test("two dimensions give a row for each pair, and names replace what the results call them", () => {
  const lines = shown(`
rows: { link speed: [fast], dispatch: all }
head: [links, policy]
names: { fast: quick, tiers(near=1): near ones }
${DELAY}
`);
  assert.equal(lines, [
    "| links | policy | delay |",
    "|---|---|---|",
    "| quick | random | 100 s |",
    "| quick | near ones | 100 s |",
    "| quick | tracker | 1 s |",
  ]);
});

test("a dimension gives columns, in each of which the best is bold", () => {
  const lines = shown(`
rows: dispatch
head: policy
columns: link speed
cell: "**{delay.mean as 0.0# [s]}, {volunteers.jain as 0.00}** of {link speed}"
`);
  assert.equal(lines, [
    "| policy | slow | fast |",
    "|---|---|---|",
    "| random | 263.4, 0.85 of slow | 100.2, 0.90 of fast |",
    "| tiers | 263.4, 0.85 of slow | 100.2, 0.90 of fast |",
    "| tracker | **170.2, 0.96** of slow | **0.95, 1.00** of fast |",
  ]);
});

test("named rows choose cells, or have cells of their own; two columns may have one title", () => {
  const lines = shown(`
rows:
  - "*measured*": [1 s, –]
  - simulated: { dispatch: tracker }
  - others: { dispatch: [random, tiers(near=1)] }
  - of another: ["{delay.mean of other at dispatch=random, link speed=fast × 2 as 0 s}", ""]
head: ""
columns:
  - delay: { link speed: fast, cell: "{delay.mean as 0 s (0–0)}" }
  - delay: { link speed: slow, cell: "{delay.mean / delay.mean at dispatch=random as 0 %}" }
`);
  assert.equal(lines.slice(2), [
    "| *measured* | 1 s | – |",
    "| simulated | 1 s (−9 to 11) | 65 % |",
    "| others | 100 s | 100 % |",
    "| of another | 200 s | |",
  ]);
  assert.is(lines[0], "| | delay | delay |");
});

test("what is written by hand stands beside what is simulated; without it there is no cell", () => {
  const lines = shown(`
rows: dispatch
where: { link speed: slow }
head: policy
columns: { delay: "{delay.mean as 0 [s]}, *{by hand}*" }
by hand: { random: [300], tiers: [–] }
`);
  assert.equal(lines.slice(2), [
    "| random | 263, *300* |",
    "| tiers | – |",
    "| tracker | 170, *–* |",
  ]);
});

const MISTAKES: readonly (readonly [says: string, problem: RegExp])[] = [
  ["rows: a", /^missing head$/],
  ["rwos: a", /^unknown field: rwos; known: from, .*; did you mean 'rows'\?$/],
  ["rows: [a", /^invalid YAML: /],
  [
    `{ rows: dispatch, head: p, ${DELAY} }`,
    /^expected one cell of example at dispatch=random; got 2, which differ in link speed: slow, fast$/,
  ],
  [
    `{ rows: dispach, head: p, ${DELAY} }`,
    /^unknown dimension of example: dispach; known: dispatch, link speed; did you mean 'dispatch'\?$/,
  ],
  [
    `{ rows: { dispatch: [rondom] }, head: p, ${DELAY} }`,
    /^unknown dispatch of example: rondom; known: random, .*; did you mean 'random'\?$/,
  ],
  [
    `{ rows: dispatch, where: { link speed: slow }, head: [p, q], ${DELAY} }`,
    /^expected 1 titles in head; got 2$/,
  ],
  [
    '{ rows: dispatch, where: { link speed: slow }, head: p, columns: { d: "{delay.men as 0 s}" } }',
    /^unknown metric of example: delay.men; known: .*; did you mean 'delay.mean'\?$/,
  ],
  [
    '{ rows: dispatch, where: { link speed: slow }, head: p, columns: { d: "{delay.mean}" } }',
    /^unknown name in braces: delay.mean; known: link speed, dispatch, METRIC as FORMAT$/,
  ],
  [
    "{ rows: dispatch, where: { link speed: slow }, head: p, columns: [d] }",
    /^missing cell of column d$/,
  ],
  [`{ rows: [{ a: [1, 2] }], head: p, ${DELAY} }`, /^expected 1 cells of row a; got 2$/],
  [
    `{ rows: dispatch, head: p, first: tres, sort: delay.mean, where: { link speed: slow }, ${DELAY} }`,
    /^unknown row: tres; known: random, /,
  ],
];

for (const [says, problem] of MISTAKES) {
  test(`of ${says} is said ${problem.source}`, () => {
    assert.throws(
      () => shown(says),
      (error: Error) => problem.test(error.message),
    );
  });
}

test("a mistake in an expression is told at its place", () => {
  const says = '\nrows: dispatch\nhead: p\ncolumns:\n  d: "{delay.mean at link speed as 0 s}"\n';
  try {
    tableSpec(says);
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof Misplaced);
    assert.is(error.message, "expected DIMENSION=VALUE; got link speed");
    assert.is(says.slice(0, error.offset).split("\n").length, 5);
  }
});

test.run();
