import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { program, root, SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-run-"));
  writeFileSync(join(room, "small.yaml"), SMALL_EXPERIMENT);
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

/** The files of the only run under `out`, by name. */
function filesOf(out: string, experiment: string): Record<string, string> {
  const [run, ...others] = readdirSync(join(out, experiment));
  assert.equal(others, []);
  const folder = join(out, experiment, run);
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("one and two threads give the same output and the same files, to the byte", () => {
  const small = join(room, "small.yaml");
  const [one, two] = ["1", "2"].map((jobs) => {
    const out = join(room, `out-${jobs}`);
    const outcome = sim("run", small, "--json", "--quiet", "--jobs", jobs, "--out", out);
    assert.is(outcome.code, 0, outcome.stderr);
    assert.is(outcome.stderr, "");
    return { stdout: outcome.stdout, files: filesOf(out, "small") };
  });
  assert.is(one.stdout, two.stdout);
  assert.equal(one.files, two.files);

  const result = JSON.parse(one.stdout);
  assert.match(result.fingerprint, /^[0-9a-f]{16}$/);
  assert.is(result.cells.length, 5);
  for (const { metrics } of result.cells) {
    assert.is(metrics["requests.wrongAccepted"].mean, 0);
    for (const name of ["server.bytes", "delay.p95", "visit.gap", "sync.hours"]) {
      assert.ok(
        metrics[name].low <= metrics[name].mean && metrics[name].mean <= metrics[name].high,
      );
    }
  }
  const random = result.cells[1];
  assert.is(random.policies.dispatch, "random");
  assert.ok(random.metrics["requests.digestFailed"].mean > 0, "the corrupting volunteer is met");
  const { mean, low, high, level } = random.differences["server.bytes"];
  assert.ok(mean < 0 && low <= mean && mean <= high, "volunteers relieve the server");
  // Of three runs each; the main metrics of four policies are one family, of which none is left out.
  assert.ok(level >= 0.95 && level <= 1 - 0.05 / 20, String(level));

  const rows = ["replications", "server-rate", "visit-times", "delay"];
  rows.push("load", "sync-hours", "decisions");
  assert.equal(
    Object.keys(one.files).filter((name) => !name.endsWith(".svg")),
    [
      ...["answer.json", "manifest.json", "metrics.json", "report.html", "runs.jsonl"],
      ...["intervals.csv", "server-rate-band.csv"],
      ...rows.flatMap((name) => [`${name}.csv`, `${name}.parquet`]),
    ].sort(),
  );
  const { work, setup, table } = JSON.parse(one.files["answer.json"]);
  assert.is(setup[0], "A server with an uplink of 4 Mbit/s and 6 volunteers in 3 classes.");
  assert.is(work.window, 86_400);
  assert.ok(work.requests > 0 && work.visits > 0 && work.customers >= 30, JSON.stringify(work));
  assert.is(table[0].metric, "visit.mean");
  const year = new Date().getFullYear();
  assert.not.match(one.files["manifest.json"], new RegExp(`${year}-\\d\\d-\\d\\d|T\\d\\d:\\d\\d`));
});

test("another seed gives another fingerprint, and the table names every policy", () => {
  const small = join(room, "small.yaml");
  const out = ["--out", join(room, "out"), "--replications", "1"];
  const first = sim("run", small, ...out);
  const other = sim("run", small, ...out, "--seed", "8");
  const print = (stdout: string) => /fingerprint ([0-9a-f]{16})/.exec(stdout)?.[1];
  assert.ok(print(first.stdout) !== undefined, first.stdout + first.stderr);
  assert.is.not(print(first.stdout), print(other.stdout));
  for (const policy of ["origin-only", "least-loaded", "tracker-informed"]) {
    assert.match(first.stdout, new RegExp(`^${policy} `, "m"));
  }
  assert.ok(first.stdout.startsWith("A server with an uplink of 4 Mbit/s and 6 volunteers"));
  assert.not.match(first.stdout, /^best by /m); // Of single runs nobody is best.
  const two = sim("run", small, "--out", join(room, "out"), "--replications", "2", "--quiet");
  assert.match(two.stdout, /^best by {2,}policies .*\nvisit\.mean /m);
  assert.match(first.stderr, /^\d+\/5 runs$/m); // No terminal: plain lines, on stderr.
  assert.match(first.stdout, /^report .*report\.html$/m);
});

test("a killed run leaves no half result", async () => {
  const out = join(room, "out");
  const args = [program, "run", join(room, "small.yaml"), "--out", out];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  await once(child.stderr, "data"); // The first progress line: runs are under way.
  child.kill("SIGKILL");
  await once(child, "close");
  assert.not.ok(existsSync(join(out, "small")) && readdirSync(join(out, "small")).length > 0);
});

const REPLAY = ["run", "experiments/replay.yaml", "--replications", "1", "--json", "--quiet"];

test("an access log is replayed, plain or gzip, Common or Combined", () => {
  for (const log of ["traces/tiny-common.log", "traces/sample-access.log.gz"]) {
    const { code, stdout, stderr } = sim(...REPLAY, "--out", room, "--trace", log);
    assert.is(code, 0, stderr);
    assert.ok(JSON.parse(stdout).cells[0].metrics["requests.total"].mean > 0);
  }
});

test("unreadable lines are counted, told and kept, up to --max-bad", () => {
  const line = '192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 5000';
  const log = join(room, "access.log");
  writeFileSync(log, `${Array(19).fill(line).join("\n")}\nnot a line of a log\n`);
  const strict = sim(...REPLAY, "--out", room, "--trace", log);
  assert.is(strict.code, 2);
  assert.match(strict.stderr, /expected at most 1 % of the lines .*; got 1 of 20 \(5 %\)/);

  const replay = ["run", "experiments/replay.yaml", "--replications", "1", "--out", room];
  const lenient = sim(...replay, "--trace", log, "--max-bad", "0.05");
  assert.is(lenient.code, 0, lenient.stderr);
  assert.match(lenient.stderr, /unreadable lines: 1/);
  assert.match(filesOf(room, "replay")["rejected.csv"], /^20,.*not a line of a log$/m);
});

const shared = join(root, "../shared/data");
const realLogs = ["apt-download-server-2015", "web-site-combined-2015"];
test(`real logs replay${existsSync(shared) ? "" : " (not here: no ../shared/data)"}`, () => {
  for (const name of existsSync(shared) ? realLogs : []) {
    const log = join(shared, name, "access.log.gz");
    const { code, stderr } = sim(...REPLAY, "--out", room, "--trace", log);
    assert.is(code, 0, `${name}: ${stderr}`);
  }
});

test.run();
