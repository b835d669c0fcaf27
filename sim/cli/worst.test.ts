/** A loss that is planted, through the whole command. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-worst-"));
  mkdirSync(join(room, "mine"));
  writeFileSync(join(room, "mine/sound.js"), policy("sound", "false"));
  writeFileSync(join(room, "mine/flawed.js"), policy("flawed", FLAW));
  const [plain] = SMALL_EXPERIMENT.split("policies:");
  const end =
    "policies: { dispatch: [random, round-robin], replication: everything, chunkSize: fixed }\nmeasure: { from: 6 h }\n";
  writeFileSync(
    join(room, "mine/small.yaml"),
    `${plain}${end}vary: { x: { field: system.tracker.probe, values: [1 min, 2 min] } }\n`,
  );
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/** Takes any volunteer by chance, but the last one where it is flawed: the corrupting one, of 1 Mbit/s. */
const policy = (name: string, isFlawed: string) => `export default {
  name: "${name}",
  decide({ candidates, count }, _params, random) {
    const to = Math.floor(random() * count);
    return { to: count > 0 && ${isFlawed} ? count - 1 : count === 0 ? -1 : to, reason: "any" };
  },
};`;

/** The complete volunteers are the first, of 1 Mbit/s in the experiment; it is flawed where they have more than 2. */
const FLAW = "candidates[0].uplink > 250_000";

const worst = (...args: string[]) =>
  sim(
    ...["worst", join(room, "mine/small.yaml"), "--out", join(room, "out"), "--jobs", "1"],
    ...["--candidates", "16", "--replications", "6", ...args],
  );
const FLAWED = ["--policy", "./flawed.js", "--against", "./sound.js"];
const RANGES = [
  ...["--range", "system.volunteers.complete.uplink=0.25 Mbit/s..16 Mbit/s"],
  ...[
    "--range",
    "workload.release.customers=5..30",
    "--range",
    "system.volunteers.complete.count=0..3",
  ],
  ...[
    "--range",
    "system.volunteers.volatile.count=0..2",
    "--range",
    "system.tracker.interval=1min..45min",
  ],
];

test("a planted loss is found, made small, confirmed and written, and its file shows it", () => {
  const { code, stdout, stderr } = worst(...FLAWED, ...RANGES);
  assert.is(code, 0, stderr);
  assert.match(stderr, /system\.tracker\.interval +1 min … 45 min, by ratios/);
  assert.match(stdout, /\.\/flawed\.js loses to \.\/sound\.js: visit\.mean \+/);
  const path = join(room, "out/worst/small-flawed-js-against-sound-js.yaml");
  assert.match(stdout, `run it: npx sim run ${path}`);

  const text = readFileSync(path, "utf8");
  assert.match(text, "# ./flawed.js loses to ./sound.js");
  const { seed, replications, system, workload, policies, compare, vary } = parse(text);
  assert.ok(seed > 7, "the search's seed does not confirm");
  assert.is(replications, 6);
  assert.is(vary, undefined);
  const names = ["../../mine/sound.js", "../../mine/flawed.js"];
  assert.equal([policies.dispatch, compare.dispatch], [names, names[0]]);
  // Nothing but the uplink had to differ, which must be beyond 2 Mbit/s.
  const [complete, ...others] = system.volunteers;
  assert.is(complete.name, "complete");
  const megabits = Number(/^([\d.]+) Mbit\/s$/.exec(complete.uplink)?.[1]);
  assert.ok(2 < megabits, complete.uplink);
  assert.ok(1 <= complete.count && complete.count <= 2, complete.count);
  assert.equal(
    others.map(({ name }: { readonly name: string }) => name),
    ["corrupting"],
  );
  assert.is(system.tracker?.interval, undefined);
  assert.is(system.tracker.probe, "1 min", "the first variant's");
  assert.ok(workload.release.customers <= 15);

  const run = sim("run", path, "--json", "--quiet", "--out", join(room, "again"));
  assert.is(run.code, 0, run.stderr);
  const [sound, flawed] = JSON.parse(run.stdout).cells.map(
    ({ metrics }: { metrics: Record<string, { mean: number }> }) => metrics["visit.mean"].mean,
  );
  assert.ok(flawed > 1.05 * sound, `${flawed} ${sound}`);
});

test("where there is none it says so, and exits with 1", () => {
  const none = ["--range", "system.volunteers.complete.uplink=0.5 Mbit/s..1 Mbit/s", "--quiet"];
  const { code, stdout, stderr } = worst(...FLAWED, ...none);
  assert.is(code, 1, stderr);
  assert.is(
    stdout,
    "No scenario was found in which ./flawed.js loses to ./sound.js by 5 % or more in visit.mean.\n",
  );
});

test("what does not fit is told with what would", () => {
  const problem = (...args: string[]) => {
    const { code, stderr } = worst(...args);
    assert.is(code, 2, stderr);
    return stderr;
  };
  const named = ["--policy", "random", "--against", "power-of-d"];
  const range = (text: string) => problem(...named, "--range", text);
  assert.match(
    problem("--policy", "random", "--against", "random"),
    /--against: expected another policy/,
  );
  assert.match(
    range("system.tracker.interval"),
    /--range: system.tracker.interval: expected a range such as/,
  );
  assert.match(
    range("system.tracker.intervall=1 min..2 min"),
    /--range: .*: unknown field: intervall; known: interval/,
  );
  assert.match(
    range("system.volunteers.x.count=1..2"),
    /--range: unknown field: system.volunteers.x.count/,
  );
  assert.match(
    range("system.tracker.interval=1 min..2 h"),
    /--range: .*: invalid timeout: .*; less than the interval/,
  );
  assert.match(
    range("system.tracker.interval=1..2"),
    /--range: .*; expected a duration with its unit/,
  );
  assert.match(
    problem(...named, "--margin", "x"),
    /--margin: expected a share such as 5 %; got "x"/,
  );
  assert.match(
    problem(...named, "--seed", "-2"),
    /--seed: invalid seed: -2; not in \[0, 4294967295\]/,
  );
});

test.run();
