/** Every kind of mistake in `vary:`, with the exact words in which it is reported. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Overrides } from "../override.ts";
import { minimal, problemsIn } from "../testing.ts";

/** `vary:` begins on line 17, after the minimal experiment. */
const varying = (vary: string) => `${minimal}vary:${vary}\n`;

/** The first line of a report without the file's name, and its hint after ` = `. */
function digest(problem: string): string {
  const [first = "", , , hint] = problem.split("\n");
  return first.replace(/^small\.yaml:/, "") + (hint === undefined ? "" : ` ${hint.trim()}`);
}

/** An axis along a setting of customers, the last level of which may be wrong. */
const levels = (field: string, unit: string) =>
  `\n  ${field}: { field: system.customers.${field}, values: [${[1, 2, 3, 4, 5]
    .map((value) => `${value}${unit}`)
    .join(", ")}, 0] }`;

const MISTAKES: Readonly<Record<string, readonly [vary: string, ...says: string[]]>> = {
  "no axes at all": ["", "17:1: vary: expected a mapping; got nothing"],
  "an empty list of axes": [" {}", "17:7: vary: expected at least one axis; got an empty mapping"],
  "a list of axes": [" [1]", "17:7: vary: expected a mapping; got a list"],
  "an axis that is a number": [
    "\n  pair: 3",
    "18:9: pair: expected levels, or a field and its values; got 3",
  ],
  "an empty axis": [
    "\n  pair: {}",
    "18:9: pair: expected at least one level; got an empty mapping",
  ],
  "a level that is a number, and one that is nothing": [
    "\n  pair:\n    a: 3\n    b:",
    "19:8: a: expected a mapping of paths to values; got 3",
    "20:5: b: expected a mapping of paths to values; got nothing",
  ],
  "an unknown path is shown at its wrong step": [
    "\n  pair: { a: { system.trakcer.interval: 1 min }, b: { system.tracker.intervl: 1 min } }",
    "18:23: unknown field: trakcer; known: server, sites, volunteers, placement, synchronisation, " +
      "tracker, customers, transport = did you mean 'tracker'?",
    "18:70: unknown field: intervl; known: interval, timeout, completed, together, lost, probe, reports, inFlight " +
      "= did you mean 'interval'?",
  ],
  "an unknown field inside a level's value": [
    "\n  pair: { a: { system.tracker: { interval: 1 min, timeot: 2 } } }",
    "18:51: unknown field: timeot; known: interval, timeout, completed, together, lost, probe, reports, inFlight " +
      "= did you mean 'timeout'?",
  ],
  "what is no part of an experiment": [
    "\n  pair: { a: { sytem.tracker: {} } }",
    "18:16: unknown field: sytem; known: system, workload, policies, changes = did you mean 'system'?",
  ],
  "what is one for all cells": [
    "\n  pair: { a: { seed: 2, title: x, 'compare.dispatch': y, vary: {} } }",
    "18:16: invalid setting: seed; not in system, workload, policies, changes",
    "18:25: invalid setting: title; not in system, workload, policies, changes",
    "18:36: invalid setting: compare; not in system, workload, policies, changes",
    "18:58: invalid setting: vary; not in system, workload, policies, changes",
  ],
  "a path through a scalar": [
    "\n  pair: { a: { system.server.uplink.x: 2 } }",
    '18:30: uplink: expected a mapping or a list; got "8 Mbit/s"',
  ],
  "a path with an empty step": [
    "\n  pair: { a: { system..x: 1 } }",
    '18:23: setting: expected a path; got "system..x"',
  ],
  "an item that a list does not have, by name and by number": [
    "\n  pair: { a: { system.volunteers.b.count: 2, system.volunteers.4.count: 2 } }",
    "18:34: unknown item: b; known: a",
    "18:64: unknown item: 4; known: a",
  ],
  "a value out of range, behind an item's name": [
    "\n  pair: { a: { system.volunteers.a.count: -2 } }",
    "18:43: invalid count: -2; not in [0, 100000]",
  ],
  "a field that a level leaves out, takes away or begins": [
    "\n  p: { a: { system.server: {} }, b: { system.server.uplink: ~ },\n" +
      "    c: { system.volunteers.0.sessions.up: 1 h } }",
    "18:20: missing uplink",
    "18:53: missing uplink",
    "19:30: missing down",
  ],
  "an item taken away": [
    "\n  pair: { a: { system.volunteers.0: ~ } }",
    "18:37: system.volunteers.0: expected a value; got nothing",
  ],
  "a level twice": [
    "\n  pair: { a: {}, a: { system.tracker.interval: 1 min } }",
    "18:18: duplicate field: a",
  ],
  "two levels that say the same": [
    "\n  pair: { a: {}, b: { system.tracker.interval: 30 min } }",
    "18:18: duplicate level: b; it says the same as a",
  ],
  "a value twice": [
    "\n  age: { field: system.tracker.interval, values: [1 min, 2 min, 1 min] }",
    "18:65: duplicate level: 1 min",
  ],
  "a value twice in other words": [
    "\n  age: { field: system.tracker.interval, values: [1 min, 60 s] }",
    "18:58: duplicate level: 60 s; it says the same as 1 min",
  ],
  "the short form, misspelt and empty": [
    "\n  age: { fild: system.tracker.interval, values: [] }",
    "18:3: missing field",
    "18:10: unknown field: fild; known: field, values = did you mean 'field'?",
    "18:49: values: expected at least one value; got an empty list",
  ],
  "the short form with wrong kinds of things": [
    "\n  a: { field: 3, values: 4 }\n  b: { field: system.tracker.interval }\n" +
      "  c: { field: system.tracker.timeout, values: [{}, ~, 45 min] }",
    "18:15: field: expected a path; got 3",
    "18:26: values: expected a list; got 4",
    "19:3: missing values",
    "20:48: values[0]: expected a number, a text, true or false; got an empty mapping",
    "20:52: values[1]: expected a number, a text, true or false; got nothing",
  ],
  "an unknown field of the short form is told once": [
    "\n  age: { field: system.tracker.intervall, values: [1 min, 2 min] }",
    "18:32: unknown field: intervall; known: interval, timeout, completed, together, lost, probe, reports, inFlight " +
      "= did you mean 'interval'?",
  ],
  "wrong values of the short form": [
    "\n  age: { field: system.tracker.interval, values: [1 min, 2 mins, -3 s] }",
    "18:58: unknown unit: mins; known: ms, s, min, h, d = did you mean 'min'?",
    "18:66: invalid interval: -3 s; not in (0, ∞) seconds",
  ],
  "a rule between two axes names the other level": [
    "\n  age: { field: system.tracker.interval, values: [1 min, 2 h] }\n" +
      "  out: { field: system.tracker.timeout, values: [3 h, 1 h] }",
    "19:55: invalid timeout: 1 h; less than the interval of 7200 seconds (with age: 2 h)",
  ],
  "a rule between a level and a default is shown at the level": [
    "\n  age: { field: system.tracker.interval, values: [1 min, 2 h] }",
    "18:24: invalid timeout: nothing; less than the interval of 7200 seconds (with age: 2 h)",
  ],
  "a rule between a level and the file is shown in the file, with the level": [
    "\n  w: { field: workload.window, values: [1 h, 2 d] }\nmeasure: { from: 1 d }",
    "19:18: invalid from: 1 d; not in [0, 3600) seconds, the window (with w: 1 h)",
  ],
  "settings that meet": [
    "\n  age: { field: system.tracker.interval, values: [1 min, 2 min] }\n" +
      "  b: { x: { system.tracker: {} }, y: { system.volunteers.0.count: 3, system.volunteers.a.count: 4 } }",
    "19:13: duplicate setting: system.tracker; the axis age sets system.tracker.interval",
    "19:70: duplicate setting: system.volunteers.a.count; the level sets system.volunteers.0.count",
  ],
  "names that results cannot bear": [
    "\n  dispatch: { a: {} }\n  'a + b': { a: {} }\n  '': { a: {} }\n  p: { 'c + d': {}, '': {} }",
    "18:3: invalid axis: dispatch; a column of every result has that name",
    '19:3: invalid axis: a + b; " + " joins the parts of labels',
    "20:3: missing name of the axis",
    '21:8: invalid level: c + d; " + " joins the parts of labels',
    "21:21: missing name of the level",
  ],
  "more cells than anybody could read, and a mistake among their levels": [
    ["timeout", "patience"].map((field) => levels(field, " s")).join("") +
      ["attempts", "parallel"].map((field) => levels(field, "")).join(""),
    "17:1: invalid vary: 1296 cells; not in [1, 1000]",
    "19:83: invalid patience: 0; not in (0, ∞) seconds",
    "20:73: invalid attempts: 0; not in [1, 100]",
    "21:73: invalid parallel: 0; not in [1, 1000]",
  ],
  "an unknown level or axis to compare with": [
    "\n  pair: { a: {}, b: { system.tracker.interval: 1 min } }\ncompare: { pair: c, par: a }",
    "19:18: unknown level: c; known: a, b",
    "19:21: unknown field: par; known: dispatch, synchronisation, pair = did you mean 'pair'?",
  ],
  "a list of levels to compare with": [
    "\n  pair: { a: {}, b: { system.tracker.interval: 1 min } }\ncompare: { pair: [a] }",
    "19:18: pair: expected one of a, b; got a list",
  ],
  "nothing to compare with": [
    "\n  pair: { a: {}, b: { system.tracker.interval: 1 min } }\ncompare: {}",
    "19:10: missing dispatch, synchronisation or pair",
  ],
  "policies of a level": [
    "\n  pair: { a: {}, b: { policies.dispatch: [tracker-informd, tracker-informed: {memry: 3}] } }",
    "18:43: unknown policy: tracker-informd; known: origin-only, tracker-informed" +
      " = did you mean 'tracker-informed'?",
    "18:79: unknown param: tracker-informed.memry; known: memory, floor = did you mean 'memory'?",
  ],
  "a baseline that one level does not run": [
    "\n  pair: { a: {}, b: { policies.dispatch: tracker-informed } }\ncompare: { dispatch: origin-only }",
    "19:22: unknown policy in this experiment: origin-only; known: tracker-informed (with pair: b)",
  ],
};

for (const [name, [vary, ...says]] of Object.entries(MISTAKES)) {
  test(name, () => assert.equal(problemsIn(varying(vary)).map(digest), says));
}

test("mistakes outside of vary are told once, whatever the number of variants", () => {
  const vary = "\n  age: { field: system.tracker.interval, values: [1 min, 2 min] }";
  const text = varying(vary).replace("8 Mbit/s", "-8 Mbit/s");
  assert.equal(problemsIn(text).map(digest), [
    "5:21: invalid uplink: -8 Mbit/s; not in (0, ∞) bytes/s",
  ]);
});

test("more cells than the ceiling by the policies of a level", () => {
  const params = Array.from(
    { length: 501 },
    (_, memory) => `tracker-informed: { memory: ${memory} s }`,
  );
  const vary = `\n  age: { field: system.tracker.interval, values: [1 min, 2 min] }`;
  const text = varying(vary).replace("dispatch: origin-only", `dispatch: [${params.join(", ")}]`);
  assert.equal(problemsIn(text).map(digest), ["17:1: invalid vary: 1002 cells; not in [1, 1000]"]);
});

const LOG = "\n  w: { field: workload.window, values: [1 h, 2 d] }";
const BAD = "\n  bad: { field: workload.log.maxBad, values: [0, 1] }";
const FLAGS: readonly (readonly [vary: string, overrides: Overrides, ...says: string[]])[] = [
  [LOG, { trace: "x" }, "18:15: invalid setting: workload.window; --trace replaces it"],
  [BAD, { maxBad: "0.3" }, "18:17: invalid setting: workload.log.maxBad; --max-bad replaces it"],
  [BAD, { seed: "x" }, '--seed: seed: expected a whole number; got "x"'],
  [BAD, { seed: "3" }],
];
for (const [vary, overrides, ...says] of FLAGS) {
  test(`${Object.keys(overrides)[0]} against a level: ${says[0] ?? "fine"}`, () => {
    assert.equal(problemsIn(varying(vary), { overrides }).map(digest), says);
  });
}

test.run();
