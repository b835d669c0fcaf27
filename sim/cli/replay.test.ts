import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { dispatchViews } from "../bench/dispatch-views.ts";
import { policies, policyNamed, recorded } from "../policies/index.ts";
import { stream } from "../policies/testing.ts";
import { sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-replay-"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

function log(...names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const policy = policyNamed(policies.dispatch, name);
    const host = recorded("dispatch", policy, {}, (line) => lines.push(line));
    for (const view of dispatchViews(5, 8, stream(1))) host.decide(view, stream(2));
  }
  return lines;
}

function written(lines: readonly string[]): string {
  const path = join(room, "decisions.jsonl.gz");
  writeFileSync(path, gzipSync(lines.join("\n")));
  return path;
}

test("replay: a log whose decisions all agree is exit 0, with the count of each policy", () => {
  const { code, stdout, stderr } = sim("replay", written(log("random", "sticky+prequal")));
  assert.is(code, 0, stderr);
  assert.is(
    stdout,
    "dispatch random: 5 of 5 decisions agree\ndispatch sticky+prequal: 5 of 5 decisions agree\n",
  );
});

test("replay: the first difference is exit 1, with its line, field and both values", () => {
  const lines = log("random");
  lines[2] = lines[2].replace(/"to":-?\d+/, '"to":77');
  lines[4] = lines[4].replace(/"to":-?\d+/, '"to":77');
  const path = written(lines);
  const { code, stdout } = sim("replay", path);
  assert.is(code, 1);
  assert.match(stdout, /^dispatch random: 3 of 5 decisions agree, 2 differ$/m);
  assert.match(stdout, /:3: dispatch random: decision\.to: expected 77; got -?\d+$/m);
  const result = JSON.parse(sim("replay", path, "--json").stdout);
  assert.equal(result.policies, [{ family: "dispatch", policy: "random", agreed: 3, differed: 2 }]);
  assert.equal([result.first.line, result.first.field], [3, "decision.to"]);
});

test("replay: a malformed log and one of another version are exit 2, every line told", () => {
  const [good] = log("random");
  const path = written([good, "nonsense", good.replace('"v":1', '"v":9')]);
  const { code, stdout, stderr } = sim("replay", path);
  assert.is(code, 2);
  assert.is(stdout, "");
  assert.is(
    stderr,
    `sim: ${path}:2: expected a line of JSON; got "nonsense"\nsim: ${path}:3: v: expected 1; got 9\n`,
  );
  assert.match(
    sim("replay", join(room, "none")).stderr,
    /none: expected a file; got nothing of that name/,
  );
});

test.run();
