import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-until-"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

/** Runs the small experiment with this `until`; what is printed, and the files of its folder. */
function run(until: string, ...args: string[]) {
  const file = join(room, "small.yaml");
  const policies = "[origin-only, random, round-robin, least-loaded, tracker-informed]";
  const few = SMALL_EXPERIMENT.replace(policies, "[origin-only, random]").replace(
    "customers: 30",
    "customers: 10",
  );
  writeFileSync(file, `${few}until: ${until}\n`);
  const out = join(room, `out ${args.join(" ")}`);
  const outcome = sim("run", file, "--replications", "2", "--out", out, ...args);
  assert.is(outcome.code, 0, outcome.stderr);
  const [folder] = readdirSync(join(out, "small"));
  const text = (name: string) => readFileSync(join(out, "small", folder, name), "utf8");
  return { ...outcome, text };
}

test("runs are added until the intervals are narrow, on any number of threads", () => {
  const until = "{ metric: server.bytes, halfWidth: 20 %, max: 40 }";
  const [one, two] = ["1", "2"].map((jobs) => run(until, "--jobs", jobs));
  assert.is(one.text("metrics.json"), two.text("metrics.json"));
  assert.is(one.text("runs.jsonl"), two.text("runs.jsonl"));
  const { replications, until: reached, cells } = JSON.parse(one.text("metrics.json"));
  assert.is(reached.isReached, true);
  assert.ok(3 < replications && replications < 40, `${replications} replications`);
  for (const { metrics } of cells) {
    const { mean, high } = metrics["server.bytes"];
    assert.ok(high - mean <= 0.2 * mean);
  }
  const told = `${replications} replications: every 95 % interval of server.bytes is within ±20.0 %`;
  assert.match(one.stderr, `note: ${told}`);
  assert.match(one.text("report.html").replaceAll("\u00a0", " "), told); // No line breaks there.
  const { experiment } = JSON.parse(one.text("manifest.json"));
  assert.is(experiment.replications, 2, "the manifest tells what was asked for");
  assert.is(experiment.until.max, 40);
});

test("at the most that are allowed it says what was not reached", () => {
  const { stderr, text } = run("{ metric: delay.p95, halfWidth: 1 ms, max: 4 }");
  assert.match(stderr, /note: 4 replications, of at most 4: the 95 % interval of delay\.p95 is ±/);
  assert.is(JSON.parse(text("metrics.json")).until.isReached, false);
  assert.match(text("report.html"), "<dd>4, with common random numbers</dd>");
});

test.run();
