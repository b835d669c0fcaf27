/** Policies of the user's own, named by path, through the whole command. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-own-"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

/** Takes the first holder, after as many draws as a param says. */
const FIRST = `export default {
  name: "first",
  params: { draws: { default: 0, min: 0, max: 9, unit: "count", summary: "in vain" } },
  memory: { init: () => 0, observe: (n) => n + 1 },
  decide({ now, candidates, count }, { draws }, random, seen) {
    for (let i = 0; i < draws; i++) random();
    const to = candidates.findIndex(({ belief }, i) => i < count && belief === "listed");
    return { to, reason: seen > 0 ? "first again" : "first" };
  },
};`;

/** Runs the small experiment, one run of each policy, with these choices and this module. */
function run(dispatch: string, module: string, policy = "my-policy.js", more = "") {
  mkdirSync(join(room, "experiments"), { recursive: true });
  writeFileSync(join(room, "experiments", policy), module);
  const file = join(room, "experiments/own.yaml");
  const text = SMALL_EXPERIMENT.replace(/dispatch: \[.*\]/, `dispatch: ${dispatch}`).replace(
    /compare: .*\n/,
    "",
  );
  writeFileSync(file, text + more);
  return sim("run", file, "--replications", "1", "--json", "--quiet", "--out", join(room, "out"));
}

test("a policy named by its path from the experiment's file is run, alone, with params and wrapped", () => {
  const choices = "[random, ./my-policy.js, ./my-policy.js: { draws: 2 }, sticky+./my-policy.js]";
  const { code, stdout, stderr } = run(choices, FIRST);
  assert.is(code, 0, stderr);
  const { cells } = JSON.parse(stdout);
  assert.equal(
    cells.map(({ policies }: { policies: { dispatch: string } }) => policies.dispatch),
    [...["random", "./my-policy.js(defaults)", "./my-policy.js(draws=2)"], "sticky+./my-policy.js"],
  );
  const [random, first] = cells.map(
    ({ metrics }: { metrics: Record<string, { mean: number }> }) => metrics["volunteers.jain"].mean,
  );
  assert.not.equal(first, random);
});

test("one that takes over in the middle is found, too, also where only a level says so", () => {
  const level = "{ changes: [{ at: 10 h, set: { policies.dispatch: ./my-policy.js } }] }";
  const vary = `vary: { rescue: { none: {}, own: ${level} } }\n`;
  const { code, stdout, stderr } = run("random", FIRST, "my-policy.js", vary);
  assert.is(code, 0, stderr);
  const [random, own] = JSON.parse(stdout).cells.map(
    ({ metrics }: { metrics: Record<string, { mean: number }> }) => metrics["volunteers.jain"].mean,
  );
  assert.not.equal(own, random);
});

test("its digest is in the manifest, and another policy of the same name is another run", () => {
  assert.is(run("./my-policy.js", FIRST).code, 0);
  assert.is(run("./my-policy.js", FIRST.replace("first again", "again")).code, 0);
  const runs = readdirSync(join(room, "out/own"));
  assert.is(runs.length, 2);
  const manifests = runs.map((name) =>
    JSON.parse(readFileSync(join(room, "out/own", name, "manifest.json"), "utf8")),
  );
  const [one, other] = manifests.map(
    ({ inputs }) => inputs[join(room, "experiments/my-policy.js")],
  );
  assert.match(one, /^[0-9a-f]{64}$/);
  assert.match(other, /^[0-9a-f]{64}$/);
  assert.is.not(one, other);
});

/** Exit 2, these words, and no stack trace. */
function rejected(outcome: ReturnType<typeof run>, ...patterns: readonly RegExp[]): void {
  assert.is(outcome.code, 2, outcome.stdout + outcome.stderr);
  assert.is(outcome.stdout, "");
  assert.not.match(outcome.stderr, /^\s+at /m);
  for (const pattern of patterns) assert.match(outcome.stderr, pattern);
}

test("one that throws in mid-run is told with its name, message and the time", () => {
  const throws = FIRST.replace("for (", 'if (now > 40000) throw new Error("boom");\n    for (');
  const outcome = run("[random, ./my-policy.js]", throws);
  rejected(outcome, /^sim: \.\/my-policy\.js: boom; at 4\d{4}(\.\d+)? s of the simulation$/m);
  const times = /at ([\d.]+) s/.exec(outcome.stderr);
  assert.ok(Number(times?.[1]) > 40_000);
});

test("one that decides what cannot be done is told likewise", () => {
  rejected(
    run("./my-policy.js", FIRST.replace("{ to, reason", "{ to: 99, reason")),
    /\.\/my-policy\.js: decision\.to: expected a whole number in \[-1, \d\); got 99; at \d/,
  );
  rejected(
    run("./my-policy.js", FIRST.replace("return {", "return; ({").replace("};\n  },", "});\n  },")),
    /decision\.to: expected a whole number in \[-1, \d\); got undefined/,
  );
});

test("a malformed one is told once, at its place in the experiment", () => {
  const module = `export default { name: "", params: { a: { default: 2, min: 0, max: 1 } }, memory: {} };`;
  rejected(
    run("[random, sticky+./my-policy.js]", module),
    /own\.yaml:\d+:29: \.\/my-policy\.js: name: expected text; got ""; params\.a: expected numbers/,
    /unknown unit: nothing; known: bytes, .*; decide: expected a function; got nothing; memory\.init/,
  );
  rejected(
    run("./my-policy.js", "export default {"),
    /expected a module that can be loaded; got Syntax/,
  );
  rejected(
    run("./my-policy.js", "export const x = 1;"),
    /an export named default or policy; got neither/,
  );
  rejected(
    run("./my-policy.js", "throw new Error('at load')"),
    /can be loaded; got Error: at load/,
  );
  rejected(run("./other.js", FIRST), /own\.yaml:\d+:\d+: \.\/other\.js: missing file; looked in /);
  rejected(
    run("{ ./my-policy.js: { draw: 1 } }", FIRST),
    /unknown param: \.\/my-policy\.js\.draw; known: draws/,
  );
});

test("the exit of a run with an own policy does not depend on the threads", () => {
  const jobs = (n: string) => {
    assert.is(run("[random, ./my-policy.js]", FIRST).code, 0);
    const file = join(room, "experiments/own.yaml");
    const out = ["--out", join(room, "out"), "--replications", "2", "--json", "--quiet"];
    return sim("run", file, ...out, "--jobs", n).stdout;
  };
  assert.is(jobs("1"), jobs("2"));
});

test.run();
