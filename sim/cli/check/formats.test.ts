import { SaxesParser } from "saxes";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { CellCheck, ExperimentCheck } from "../../gate/check-experiment.ts";
import type { MetricCheck, Verdict } from "../../gate/verdict.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { fails, type Shown } from "./shown.ts";
import { text } from "./text.ts";

function metric(name: MetricCheck["metric"], verdict: Verdict, decides = true): MetricCheck {
  const difference = { mean: 30, low: 20, high: 40 };
  const numbers = { before: 100, now: 130, difference, level: 0.999, margin: 5, p: 0.002 };
  return { metric: name, verdict, decides, ...numbers, remark: "" };
}

const moment = { time: 1.5, kind: "request.arrive", subject: 12 };
const CELL: CellCheck = {
  cell: '<odd> & "named" | 5 %, really: yes',
  verdict: "worse",
  differing: [0, 2],
  metrics: [
    metric("delay.mean", "worse"),
    metric("delay.p95", "inconclusive"),
    metric("server.share", "better"),
    metric("sync.hours", "identical"),
    metric("bytes.wasted", "worse", false),
  ],
  parting: {
    difference: {
      kind: "event",
      at: 7,
      expected: { ...moment, notes: [{ what: "dispatch", value: 3 }] },
      found: { ...moment, notes: [{ what: "dispatch", value: -1 }] },
      shift: null,
    },
    isSameWorkload: true,
    kinds: { gone: [], added: [] },
  },
};

const CHECK: ExperimentCheck = {
  experiment: "gate",
  file: "experiments/gate.yaml",
  baseline: "results/baselines/gate.json",
  commit: "0123456789abcdef+",
  version: "0.1.0",
  fingerprint: "f00d",
  verdict: "changed",
  replications: 3,
  changes: ["seed: 1 → 2"],
  notes: ["a note"],
  cells: [CELL],
};

const SHOWN: Shown = { checks: [CHECK], written: [], strict: false, all: false };
const CALM: Shown = {
  ...SHOWN,
  checks: [
    {
      ...CHECK,
      verdict: "inconclusive",
      changes: [],
      cells: [{ ...CELL, verdict: "inconclusive", metrics: [metric("delay.p95", "inconclusive")] }],
    },
  ],
};

test("text shows what is not identical, and where events part", () => {
  const said = text(SHOWN);
  assert.match(said, /^experiments\/gate\.yaml: changed \(1 × 3 runs, fingerprint f00d/);
  assert.match(said, /changed: seed: 1 → 2\n {2}note: a note/);
  assert.match(
    said,
    /delay\.mean +worse +1\.67 min +2\.17 min +\+30\.0 % +\+30 s \(\+20 to \+40 at 99\.9 %\)/,
  );
  assert.not.match(said, /sync\.hours|bytes\.wasted/);
  assert.match(said, /replications that differ: 0, 2; replication 0 parts at event 7\n/);
  assert.match(
    said,
    /expected {2}t = 1\.5 s, request\.arrive of request 12, sent to volunteer 3\n/,
  );
  assert.match(said, /found {5}t = 1\.5 s, request\.arrive of request 12, sent to the server\n/);
  assert.match(said, /4 comparisons: 1 identical, 1 better, 1 inconclusive, 1 worse\nchanged\n/);
  assert.match(text({ ...SHOWN, all: true }), /bytes\.wasted +\(worse\)/);
  assert.match(text(CALM), /warning: more replications would tell/);
});

test("JSON holds the numbers as they are", () => {
  const said = JSON.parse(json(SHOWN));
  assert.is(said.fails, true);
  assert.is(said.counts.worse, 1);
  assert.equal(said.experiments[0].cells[0].metrics.length, 4);
  assert.is(said.experiments[0].cells[0].metrics[0].p, 0.002);
  assert.is(said.experiments[0].cells[0].first.length, 4);
  assert.is(JSON.parse(json(CALM)).fails, false);
  assert.is(JSON.parse(json({ ...CALM, strict: true })).fails, true);
});

/** The elements of an XML text with their attributes; throws where it is not well formed. */
function elements(xml: string) {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    found.push({ name, attributes: attributes as Record<string, string> });
  });
  parser.write(xml).close();
  return found;
}

test("JUnit's XML is well formed, and counts its cases", () => {
  const all = elements(junit(SHOWN));
  const named = (name: string) => all.filter((element) => element.name === name);
  const [suite] = named("testsuite");
  assert.equal(
    { ...suite.attributes },
    { name: "gate", tests: "5", failures: "2", errors: "0", skipped: "1" },
  );
  assert.is(named("testcase").length, 5);
  assert.is(named("failure").length, 2);
  assert.is(named("skipped").length, 1);
  assert.is(named("testcase")[1].attributes["classname"], `gate.${CELL.cell}`);
  const strict = elements(junit({ ...SHOWN, strict: true }));
  assert.is(strict.filter(({ name }) => name === "failure").length, 3);
  elements(junit({ ...SHOWN, checks: [{ ...CHECK, changes: ["bad \u0000 \uD800 \u001b text"] }] }));
});

test("Markdown's tables keep their columns whatever the names", () => {
  const rows = markdown(SHOWN)
    .split("\n")
    .filter((line) => line.startsWith("|"));
  assert.is(rows.length, 2 + 3);
  for (const row of rows) assert.is(row.replace(/\\\|/g, "").match(/\|/g)?.length, 9);
  assert.match(markdown(SHOWN), /&lt;odd> & "named" \\\| 5 %/);
});

test("workflow commands escape what would end them", () => {
  const lines = github(SHOWN).split("\n");
  assert.is(
    lines[0],
    "::error file=experiments/gate.yaml,title=sim check%3A gate::changed: seed: 1 → 2",
  );
  const title = 'sim check%3A gate%2C <odd> & "named" | 5 %25%2C really%3A yes';
  assert.ok(
    lines[1].startsWith(`::error file=experiments/gate.yaml,title=${title}::delay.mean is worse`),
  );
  assert.match(lines[1], /%0Aexpected {2}t = 1\.5 s/);
  assert.match(lines[2], /^::warning /);
  assert.match(lines[3], /^::notice /);
  assert.is(lines.length, 5);
  assert.match(github({ ...CALM, strict: true }), /^::error/);
});

test("worse and changed fail; inconclusive only when strict", () => {
  const failing = (strict: boolean) =>
    (["identical", "equivalent", "better", "inconclusive", "worse", "changed"] as const).filter(
      (verdict) => fails(verdict, strict),
    );
  assert.equal(failing(false), ["worse", "changed"]);
  assert.equal(failing(true), ["inconclusive", "worse", "changed"]);
});

test.run();
