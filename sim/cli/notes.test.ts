import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { sim } from "./testing.ts";

let room = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-notes-"));
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/** Runs the experiment; the notes on the terminal, and what its folder says. */
function run(name: string, text: string) {
  const file = join(room, `${name}.yaml`);
  writeFileSync(file, text);
  const { code, stderr, stdout } = sim("run", file, "--out", room, "--json");
  assert.is(code, 0, stderr);
  const [folder] = readdirSync(join(room, name)).map((run) => join(room, name, run));
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  return {
    told: stderr.split("\n").flatMap((line) => line.match(/^note: (.*)/)?.[1] ?? []),
    printed: JSON.parse(stdout).notes,
    metrics: JSON.parse(read("metrics.json")).notes,
    answer: JSON.parse(read("answer.json")).notes,
    page: read("report.html").replaceAll("\u00a0", " "),
    rebuilt: () => {
      assert.is(sim("report", folder, "--out", room).code, 0);
      return JSON.parse(read("answer.json")).notes;
    },
  };
}

/** Ten volunteers, a release after they have synchronised, and a day: all settings that one may forget are. */
const FIRST = `
title: A first experiment
question: What would ten volunteers have saved me?
seed: 1
replications: 1
system:
  server: { uplink: 50 Mbit/s }
  volunteers: [{ name: mirror, count: 10, uplink: 10 Mbit/s, downlink: 50 Mbit/s }]
  customers: { classes: [{ share: 1, downlink: 20 Mbit/s }] }
workload:
  release: { catalogue: traces/debian-12.tsv.gz, curve: traces/release-curve.csv, at: 9 h, customers: 30 }
  window: 1 d
policies: { dispatch: [random, tracker-informed], replication: everything, chunkSize: fixed }
`;

test("an experiment in which volunteers do nothing says why, wherever it is looked at", () => {
  const { told, printed, metrics, answer, page, rebuilt } = run("first", FIRST);
  assert.equal(
    metrics.map(({ id }: { id: string }) => id),
    ["no-holder", "short-window", "idle-links", "few-visits"],
  );
  assert.equal(
    told,
    metrics.map(({ text }: { text: string }) => text),
  );
  assert.equal([printed, answer, rebuilt()], [metrics, metrics, metrics]);
  assert.match(told[0], /^[\d,]+ of [\d,]+ decisions \([\d. to]+ %\) found no volunteer/);
  assert.match(told[0], "every 1 d, from 2 h on, and the window is 1 d");
  const section = page.slice(page.indexOf('<h2 id="notes">Notes</h2>'));
  assert.is(section.match(/<li>/g)?.length, 4);
  assert.match(
    section,
    "The window of 1 d is not longer than the 1 d between two synchronisations",
  );
});

test("a sound experiment, like the gate's but for more customers on wider links, has no notes", () => {
  const sound = [
    ["uplink: 9 Mbit/s", "uplink: 144 Mbit/s"],
    ["uplink: 1.5 Mbit/s", "uplink: 24 Mbit/s"],
    ["downlink: 6 Mbit/s", "downlink: 96 Mbit/s"],
    ["shared: 6 Mbit/s", "shared: 96 Mbit/s"],
    ["customers: 60", "customers: 960"],
    ["replications: 8", "replications: 1"],
    ["random, join-idle-queue, tracker-informed", "random, tracker-informed"],
  ].reduce(
    (text, [from, to]) => {
      assert.ok(text.includes(from), from);
      return text.replaceAll(from, to);
    },
    readFileSync("experiments/gate.yaml", "utf8"),
  );
  const { told, printed, metrics, answer, page } = run("sound", sound);
  assert.equal([told, printed, metrics, answer], [[], [], [], []]);
  assert.not.match(page, 'id="notes"');
});

test("a log says that its volunteers were filled for nothing", () => {
  const replay = readFileSync("experiments/replay.yaml", "utf8")
    .replace("replications: 10", "replications: 2")
    .replace(/dispatch: \[.*\]/, "dispatch: random")
    .replace("compare: { dispatch: origin-only }", "");
  const { metrics } = run("replay", replay);
  assert.equal(
    metrics.map(({ id }: { id: string }) => id),
    ["input", "input", "input", "preloaded", "same-requests"],
  );
});

test.run();
