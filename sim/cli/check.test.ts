/** `sim check` through the whole command: planted regressions are caught, an untouched tree is identical. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Outcome, sim } from "./testing.ts";

let room = "";
let file = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-check-"));
  mkdirSync(join(room, "experiments"));
  file = join(room, "experiments/planted.yaml");
  writeFileSync(file, EXPERIMENT);
  plant({});
  assert.is(check("--update").code, 0);
});
test.after(() => rmSync(room, { recursive: true, force: true }));
test.after.each(() => {
  writeFileSync(file, EXPERIMENT);
  plant({});
});

const EXPERIMENT = `
title: A crowd for planted regressions
question: Is what got worse found?
seed: 11
replications: 6
system:
  server: { uplink: 9 Mbit/s }
  volunteers:
    - { name: steady, count: 4, uplink: 2 Mbit/s, downlink: 8 Mbit/s }
  synchronisation: { every: 1 h, first: 0 h, spread: 1 h }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }] }
workload:
  release:
    catalogue: traces/debian-12.tsv.gz
    curve: traces/release-curve.csv
    at: 2 h
    customers: 60
  window: 6 h
policies:
  dispatch: [origin-only, ./policy.js]
  replication: everything
  chunkSize: fixed
measure: { from: 1 h, bin: 15 min }
check:
  margins: { server.share: 0.02, delay.mean: 5 %, volunteers.jain: 0.02 }
`;

/** The holder with least to do; of those alike, the first or the last. A share goes to the server. */
function plant({ leak = 0, tie = "<", draws = 0 }) {
  const policy = `export default {
  name: "planted",
  decide({ candidates, count }, _, random) {
    for (let i = 0; i < ${draws}; i++) random();
    if (${leak} > 0 && random() < ${leak}) return { to: -1, reason: "leak" };
    let to = -1;
    for (let i = 0; i < count; i++) {
      if (candidates[i].belief !== "listed") continue;
      if (to < 0 || candidates[i].pending ${tie} candidates[to].pending) to = i;
    }
    return { to, reason: "least" };
  },
};`;
  writeFileSync(join(room, "experiments/policy.js"), policy);
}

function check(...args: string[]): Outcome {
  return sim(
    "check",
    file,
    "--baseline",
    join(room, "baselines"),
    "--quiet",
    "--jobs",
    "1",
    ...args,
  );
}

function json(...args: string[]) {
  const { code, stdout } = check("--format", "json", ...args);
  const said = JSON.parse(stdout);
  const [{ changes, notes, cells }] = said.experiments;
  return { code, ...said, changes, notes, cells };
}

test("an untouched tree is identical, whatever the threads", () => {
  const { code, stdout, stderr } = sim(
    "check",
    file,
    "--baseline",
    join(room, "baselines"),
    "--jobs",
    "2",
  );
  assert.is(code, 0, stderr);
  assert.match(stdout, /planted\.yaml: identical \(2 × 6 runs/);
  assert.match(stdout, /6 comparisons: 6 identical/);
});

test("a policy that sends a fifth to the server is worse, and its first other decision is named", () => {
  plant({ leak: 0.2 });
  const out = join(room, "check.json");
  const { code, stdout } = check("--format", "json", "--out", out);
  assert.is(code, 1);
  assert.match(stdout, /\.\/policy\.js +server\.share +worse/);
  const { verdict, experiments } = JSON.parse(readFileSync(out, "utf8"));
  const [{ cells }] = experiments;
  assert.is(verdict, "worse");
  const [origin, planted] = cells;
  assert.is(origin.verdict, "identical");
  const metrics = planted.metrics as { metric: string; verdict: string }[];
  assert.is(metrics.find(({ metric }) => metric === "server.share")?.verdict, "worse");
  assert.match(
    planted.first[1],
    /^expected {2}t = [\d.]+ s, .* of request \d+, request \d+ sent to volunteer/,
  );
  assert.match(
    planted.first[2],
    /^found {5}t = [\d.]+ s, .* of request \d+, request \d+ sent to the server/,
  );
  assert.match(
    planted.first[3],
    /^the dispatch policy decides otherwise; random numbers are shifted/,
  );
  const accepted = check("--update");
  assert.is(accepted.code, 0, "an update takes it as it is");
  assert.match(accepted.stdout, /server\.share +worse .* \+\d/s, "and says by how much");
  assert.match(accepted.stdout, /written: .*planted\.json\n.*commit what was written/s);
  plant({});
  const back = check("--update");
  assert.match(back.stdout, /server\.share +better/);
  assert.is(check("--update", "--replications", "2").code, 2);
});

test("another tie-break is a mismatch with its first event named", () => {
  plant({ tie: "<=" });
  const { verdict, cells } = json();
  assert.is.not(verdict, "identical");
  assert.equal(cells[1].differing, [0, 1, 2, 3, 4, 5]);
  const [, expected, found, cause] = cells[1].first;
  const event = /t = [\d.]+ s, \S+ of request \d+, request \d+ sent to volunteer/;
  assert.is(event.exec(expected)?.[0], event.exec(found)?.[0]);
  assert.is.not(expected.replace("expected ", ""), found.replace("found    ", ""));
  assert.is(cause, "the dispatch policy decides otherwise");
});

test("random numbers that change nothing change nothing", () => {
  plant({ draws: 3 });
  assert.is(json().verdict, "identical");
});

test("another seed in the file is another experiment; on the command line it is a question", () => {
  const asked = json("--seed", "12");
  assert.equal(asked.changes, []);
  assert.match(asked.notes.join(), /seed 11 then, 12 now/);
  assert.is.not(asked.verdict, "identical");
  assert.match(asked.cells[0].first.join("\n"), /event \d+.*the workload differs/s);
  writeFileSync(file, EXPERIMENT.replace("seed: 11", "seed: 12"));
  const { code, verdict, changes } = json();
  assert.is(code, 1);
  assert.is(verdict, "changed");
  assert.equal(changes, ["seed: 11 → 12"]);
});

test("what changed in the experiment is told, field by field", () => {
  writeFileSync(
    file,
    EXPERIMENT.replace("count: 4", "count: 5").replace("[origin-only, ", "[random, "),
  );
  const { code, changes } = json("--replications", "2");
  assert.is(code, 1);
  assert.equal(changes, [
    "system.volunteers.0.count: 4 → 5",
    'policies.dispatch.0: "origin-only" → "random"',
    "cell gone: origin-only",
    "new cell: random",
  ]);
  writeFileSync(file, EXPERIMENT.replace("window: 6 h", "window: 360 min"));
  const { verdict, notes } = json("--replications", "1");
  assert.is(verdict, "identical");
  assert.match(notes.join(), /workload\.window: "6 h" → "360 min"; the results are the same/);
});

test("what cannot be checked is told before anything is run", () => {
  const elsewhere = sim("check", file, "nowhere.yaml", "--baseline", join(room, "none"));
  assert.is(elsewhere.code, 2);
  assert.match(elsewhere.stderr, /planted\.yaml: missing baseline: .*--update writes it/);
  assert.match(elsewhere.stderr, /nowhere\.yaml: missing file/);
  assert.is(check("--format", "pdf").code, 2);
  assert.match(sim("check", file, file, "--baseline", room).stderr, /missing baseline/);
  writeFileSync(join(room, "planted.json"), "{}");
  assert.match(sim("check", file, "--baseline", room).stderr, /expected a baseline of format 1/);
});

test.run();
