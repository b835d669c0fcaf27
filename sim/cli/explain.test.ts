import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

/** The small experiment with customers who soon lose patience, run once for all tests. */
let room = "";
let file = "";
let out = "";
let run = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-explain-"));
  file = join(room, "small.yaml");
  out = join(room, "out");
  const text = SMALL_EXPERIMENT.replace("customers: {", "customers: { patience: 5 min,")
    .replace(
      "[origin-only, random, round-robin, least-loaded, tracker-informed]",
      "[random, tracker-informed]",
    )
    .replace("compare: { dispatch: origin-only }", "");
  writeFileSync(file, text);
  const { code, stderr } = sim("run", file, "--replications", "1", "--quiet", "--out", out);
  assert.is(code, 0, stderr);
  run = join(out, "small", readdirSync(join(out, "small"))[0]);
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/** Runs `sim explain` without progress. */
function explain(...args: string[]) {
  return sim("explain", ...args, "--quiet", "--out", out);
}

function problem(...args: string[]): string {
  const { code, stdout, stderr } = explain(...args);
  assert.is(code, 2, stderr);
  assert.is(stdout, "");
  return stderr;
}

test("explain: the slowest of an experiment's newest run, then one of them from the run's folder", () => {
  const list = explain(file, "--slowest", "3");
  assert.is(list.code, 0, list.stderr);
  assert.match(list.stdout, /^small, tracker-informed, replication 0$/m);
  assert.match(list.stdout, /^The \d+ slowest of \d+ complete visits; \d+ never got every file: /m);
  const closer = /^closer: npx sim (explain .*)$/m.exec(list.stdout)?.[1].split(" ") ?? [];
  const { code, stdout, stderr } = sim(...closer, "--quiet");
  assert.is(code, 0, stderr);
  assert.is(stderr, "");
  assert.match(stdout, /^Request \d+ took [\d.]+ \w+; \d+ % of that: .+\.$/m);
  for (const heading of [
    "asked ",
    "could give it ",
    "chosen ",
    "attempts ",
    "HELD BACK BY",
    "SENT TO",
  ]) {
    assert.ok(stdout.includes(`\n${heading}`), heading);
  }
  assert.match(stdout, /← chosen/);
  assert.match(stdout, /^again: npx sim explain .* --request \d+$/m);
});

test("explain --json: shares and phases add up to the delay, and the best comes first", () => {
  const { code, stdout, stderr } = explain(run, "--request", "100", "--json");
  assert.is(code, 0, stderr);
  const { run: of, request, notes } = JSON.parse(stdout);
  assert.equal([of.policy, of.replication, of.isSame, notes], ["tracker-informed", 0, true, []]);
  const seconds = (of: { seconds: number }[]) => of.reduce((sum, part) => sum + part.seconds, 0);
  assert.ok(Math.abs(seconds(request.shares) - request.delay) < 1e-6 * request.delay);
  assert.is(request.phases[0].from, request.asked);
  assert.is(request.phases.at(-1).to, request.ended);
  const chosen = request.outcomes.find(
    ({ node }: { node: number }) => node === request.decision.node,
  );
  assert.is(chosen.delay, request.delay);
  assert.is(request.regret, request.delay - request.outcomes[0].delay);
  // Every candidate and the server.
  assert.is(request.outcomes.length, request.decision.candidates.length + 1);
});

test("explain --json: threads change nothing, and neither does a second time", () => {
  const [one, two] = ["1", "2"].map((jobs) =>
    explain(run, "--request", "7", "--json", "--alternatives", "2", "--jobs", jobs),
  );
  assert.is(one.code, 0, one.stderr);
  assert.is(one.stdout, two.stdout);
});

test("explain --metric: the quantile that the run has, its causes and its request", () => {
  const { code, stdout, stderr } = explain(run, "--metric", "p95", "--alternatives", "0", "--json");
  assert.is(code, 0, stderr);
  const { metric, request } = JSON.parse(stdout);
  const stored = JSON.parse(readFileSync(join(run, "metrics.json"), "utf8"));
  const informed = stored.cells.find(
    (cell: { policies: { dispatch: string } }) => cell.policies.dispatch === "tracker-informed",
  );
  assert.is(metric.value, informed.metrics["visit.p95"].mean);
  assert.is(metric.request, request.request);
  const shares = metric.causes.map(({ share }: { share: number }) => share);
  assert.ok(Math.abs(shares.reduce((a: number, b: number) => a + b, 0) - 1) < 1e-9);
});

test("explain --metric: text of the causes; the slowest with what would have been best", () => {
  const { stdout } = explain(run, "--metric", "delay.mean", "--alternatives", "0");
  assert.match(stdout, /^delay\.mean is .+: that of request \d+, which is explained below\.$/m);
  const visit = explain(run, "--metric", "p50", "--alternatives", "0").stdout;
  assert.match(visit, /^visit\.p50 is .+: that of visit \d+, of which request \d+ took longest, /m);
  assert.match(stdout, /^THEY WERE HELD BACK BY/m);
  assert.match(stdout, /^THEY HAVE IN COMMON/m);
  const best = ["--slowest", "1", "--alternatives", "1"];
  const requests = explain(run, ...best, "--of", "requests").stdout;
  assert.match(requests, /best instead\n.*, [\d.]+ \w+$/m);
  assert.match(explain(run, ...best).stdout, /best instead for that\n.*, [\d.]+ \w+$/m);
});

test("explain: a request that was never delivered says what it waited for until it was given up", () => {
  const lost = JSON.parse(explain(run, "--slowest", "1", "--of", "requests", "--json").stdout)
    .slowest.failed;
  assert.ok(lost.length > 0);
  const { code, stdout, stderr } = explain(run, "--request", String(lost[0]));
  assert.is(code, 0, stderr);
  assert.match(stdout, /^Request \d+ was given up after 5\.00 min; /m);
  assert.match(stdout, /: the customer gave up after /);
});

test("explain: what cannot be explained is exit 2, all problems at once", () => {
  assert.match(
    problem("none", "--slowest", "1"),
    /^sim: none: expected a run's folder or an exp.*; got nothing$/m,
  );
  assert.match(problem(out, "--slowest", "1"), /out: missing manifest\.json and runs\.jsonl/);
  const other = join(room, "other.yaml");
  writeFileSync(other, SMALL_EXPERIMENT);
  assert.match(
    problem(other, "--slowest", "1"),
    /other\.yaml: expected a run below .*other; got none; npx sim run .*other\.yaml makes one/,
  );
  const several = problem(
    ...[run, "--request", "1", "--slowest", "1", "--policy", "tracker-inform"],
    ...["--alternatives", "x", "--jobs", "0"],
  );
  assert.match(
    problem(run, "--request", "999999"),
    /--request: invalid request: 999999; not in \[0, \d+\)/,
  );
  assert.match(
    several,
    /expected one of --request, --slowest and --metric; got --request and --slowest/,
  );
  assert.match(
    several,
    /--policy: unknown policy: tracker-inform; known: .*; did you mean 'tracker-informed'\?/,
  );
  assert.match(several, /--alternatives: invalid alternatives: x/);
  assert.match(several, /--jobs: invalid jobs: 0/);
});

test("explain: a run that no longer comes out as stored is told loudly", () => {
  const changed = join(room, "changed");
  cpSync(run, changed, { recursive: true });
  const runs = join(changed, "runs.jsonl");
  writeFileSync(
    runs,
    readFileSync(runs, "utf8").replaceAll(/"fingerprint":"\w+"/g, '"fingerprint":"old"'),
  );
  const { code, stdout, stderr } = explain(changed, "--request", "5", "--alternatives", "0");
  assert.is(code, 0);
  assert.match(
    stderr,
    /^note: this is not the stored run, which came out otherwise; mirrorlab has changed since/m,
  );
  assert.match(stdout, /^small, tracker-informed, replication 0; not as it was stored$/m);
});

test.run();
