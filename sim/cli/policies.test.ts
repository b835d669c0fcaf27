import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies } from "../policies/index.ts";
import { usesIn } from "./policies/uses.ts";
import { sim } from "./testing.ts";

test("policies: all are listed by family, each with its rule", () => {
  const { code, stdout } = sim("policies");
  assert.is(code, 0);
  const lines = stdout.split("\n");
  for (const [family, members] of Object.entries(policies)) {
    const start = lines.indexOf(family);
    assert.ok(start >= 0, family);
    for (const [index, { name, summary }] of members.entries()) {
      assert.match(lines[start + 1 + index], `  ${name} `);
      assert.ok(lines[start + 1 + index].endsWith(summary));
    }
  }
});

test("policies NAME: rule, params with ranges and units, source and experiments", () => {
  const { code, stdout } = sim("policies", "tracker-informed");
  assert.is(code, 0);
  assert.match(stdout, /^tracker-informed \(dispatch\)\nrule: least delay by /);
  assert.match(stdout, /^ {2}floor = 0\.1 \(0\.01 … 1\): of its rate/m);
  assert.match(stdout, /^ {2}grain = 5 s \(10 ms … 1 h\): delays/m);
  assert.match(stdout, /^source: abstract/m);
  assert.not.match(stdout, /^differs/m);
  assert.match(stdout, /^experiments: .*experiments\/flash-small\.yaml/m);
});

test("policies NAME: one of several families, and one that is composed", () => {
  const { stdout } = sim("policies", "rendezvous", "--json");
  const families = JSON.parse(stdout).map(({ family }: { family: string }) => family);
  assert.equal(families, ["dispatch", "replication"]);
  const composed = sim("policies", "sticky+power-of-d");
  assert.match(
    composed.stdout,
    /^sticky\+power-of-d \(dispatch\)\nrule: a customer stays .*; then/,
  );
  assert.match(composed.stdout, /^ {2}stickyFor = 10 min /m);
  assert.match(composed.stdout, /^ {2}choices = 2 /m);
});

test("policies NAME: what the source does otherwise is told where it does", () => {
  const { stdout } = sim("policies", "prequal");
  assert.match(stdout, /^source: Wydrowski .*\ndiffers: volunteers are probed by the clock, /m);
  const [told] = JSON.parse(sim("policies", "prequal", "--json").stdout);
  assert.match(told.differs, "without probes this is random");
});

test("policies NAME: an unknown one is exit 2, with the nearest known", () => {
  for (const [name, said] of [
    ["tracker-infromed", "unknown policy: tracker-infromed; did you mean 'tracker-informed'?"],
    ["sticy+random", "unknown policy: sticy; did you mean 'sticky'?"],
    ["xyzxyzxyz", "unknown policy: xyzxyzxyz; see sim policies"],
    ["random+sticky", "random+sticky: expected wrappers before one dispatch policy, or "],
  ]) {
    const { code, stdout, stderr } = sim("policies", name);
    assert.is(code, 2);
    assert.is(stdout, "");
    assert.ok(stderr.startsWith(`sim: ${said}`), stderr);
  }
});

test("an experiment uses what it names, alone, in a list, with params or composed", () => {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-uses-"));
  try {
    const lines = [
      "dispatch: [random, sticky+fresh+prequal, { slow-start+tiers: { slowStartFloor: 1 } }]",
      "replication: new-releases+subtree",
    ];
    writeFileSync(join(folder, "a.yaml"), `policies:\n  ${lines.join("\n  ")}\n`);
    writeFileSync(join(folder, "broken.yaml"), "policies: [\n");
    writeFileSync(join(folder, "list.yml"), "- 1\n");
    const uses = usesIn(folder);
    const used = (family: string, name: string) => uses(family, name).length === 1;
    assert.ok(used("dispatch", "random") && used("dispatch", "prequal"));
    assert.ok(used("wrapper", "sticky") && used("wrapper", "fresh") && used("dispatch", "tiers"));
    assert.ok(used("replication", "subtree") && used("replication", "new-releases+subtree"));
    assert.equal(uses("dispatch", "sticky"), []);
    assert.equal(uses("replication", "random"), []);
    assert.equal(usesIn(join(folder, "none"))("dispatch", "random"), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
