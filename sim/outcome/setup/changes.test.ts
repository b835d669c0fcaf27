import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, parse } from "../../experiment/config/testing.ts";
import { changeTable, changeTimes } from "./changes.ts";
import { setupData } from "./setup.ts";

const CHANGING = `${minimal}changes:
  - { at: 1 d, set: { system.volunteers.a.count: 3, policies.dispatch: tracker-informed } }
  - { at: 2 d, set: { system.volunteers.a.count: 1, system.server.uplink: 1 Mbit/s } }
`;

test("what changes is told in the order of time, from what to what", () => {
  const table = changeTable(parse(CHANGING));
  assert.equal(table?.columns, ["from", "what", "before", "then"]);
  assert.equal(table?.rows, [
    ["1 d", "machines of a", "2", "3"],
    ["1 d", "dispatch policy", "origin-only", "tracker-informed"],
    ["2 d", "uplink of the server", "8 Mbit/s", "1 Mbit/s"],
    ["2 d", "machines of a", "3", "1"],
  ]);
  const { tables } = setupData(parse(CHANGING), 1, null);
  assert.ok(tables.some(({ title }) => title === "What changes while it runs"));
  const policies = tables.find(({ title }) => title === "Policies and their params")?.rows ?? [];
  assert.equal(
    policies.map(([name]) => name).filter((name) => /origin|tracker/.test(name)),
    ["origin-only", "tracker-informed"],
  );
});

test("it is told of each level where levels differ in it, and never where nothing changes", () => {
  const level = "{ changes: [{ at: 3 h, set: { system.tracker.interval: 1 min } }] }";
  const varied = `${minimal}vary: { pace: { same: {}, faster: ${level} } }\n`;
  const table = changeTable(parse(varied));
  assert.is(table?.columns[0], "at level");
  assert.equal(table?.rows, [["faster", "3 h", "between two announces", "30 min", "1 min"]]);
  assert.is(changeTable(parse(minimal)), null);
  const titles = setupData(parse(minimal), 1, null).tables.map(({ title }) => title);
  assert.not(titles.includes("What changes while it runs"));
});

test("where other settings vary, a change is told once", () => {
  const varied = `${CHANGING}vary: { pace: { field: system.tracker.lost, values: [0, 0.1] } }\n`;
  assert.is(changeTable(parse(varied))?.rows.length, 4);
});

test("the moments at which something changes are told once each, in order", () => {
  const at = (time: string) =>
    `{ changes: [{ at: ${time}, set: { system.server.uplink: 1 B/s } }] }`;
  const levels = `{ a: ${at("2 h")}, b: ${at("1 h")}, c: {}, d: { changes.0.at: 3 h } }`;
  const text = `${minimal}changes: [{ at: 2 h, set: { system.server.uplink: 2 B/s } }]\n`;
  assert.equal(changeTimes(parse(`${text}vary: { when: ${levels} }\n`)), [3600, 7200, 10_800]);
  assert.equal(changeTimes(parse(minimal)), []);
});

test.run();
