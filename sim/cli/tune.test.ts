/** Params that are planted, through the whole command. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-tune-"));
  writeFileSync(join(room, "planted.js"), PLANTED);
  writeFileSync(join(room, "luck.js"), LUCK);
  const [plain] = SMALL_EXPERIMENT.split("policies:");
  const end =
    "policies: { dispatch: random, replication: everything, chunkSize: fixed }\nmeasure: { from: 6 h }\n";
  writeFileSync(join(room, "one.yaml"), `${plain}${end}`);
  writeFileSync(join(room, "four.yaml"), `${plain}${end}${VARY}`);
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/**
 * Sends all to the first volunteer, whatever waits there, but for a share that is the larger the nearer
 * `wanted` is to 100: those are spread by chance. So 100 is best, and a tenth or ten times of it is worst.
 */
const PLANTED = `export default {
  name: "planted",
  params: {
    wanted: { default: 1, min: 1, max: 10000, unit: "seconds", summary: "100 is best" },
    idle: { default: 0, min: 0, max: 1, unit: "ratio", summary: "means nothing" },
  },
  decide({ candidates, count }, { wanted }, random) {
    const [isSpread, to] = [random() > Math.abs(Math.log10(wanted / 100)), random()];
    return { to: count === 0 ? -1 : isSpread ? Math.floor(to * count) : 0, reason: "planted" };
  },
};`;

/** Its param says nothing but which chance it has. */
const LUCK = `export default {
  name: "luck",
  params: { draws: { default: 0, min: 0, max: 20, unit: "count", summary: "in vain" } },
  decide({ count }, { draws }, random) {
    for (let i = 0; i < draws; i++) random();
    return { to: count === 0 ? -1 : Math.floor(random() * count), reason: "luck" };
  },
};`;

const VARY = `vary:
  crowd: { field: workload.release.customers, values: [20, 30] }
  server: { field: system.server.uplink, values: [4 Mbit/s, 8 Mbit/s] }
`;

const tune = (file: string, ...args: string[]) =>
  sim("tune", join(room, file), "--out", join(room, "out"), "--quiet", "--jobs", "2", ...args);

test("planted params are found on training seeds, and their gain on others", () => {
  const { code, stdout, stderr } = tune(
    ...(["one.yaml", "--policy", "./planted.js", "--params", "wanted"] as const),
    ...["--candidates", "12", "--train", "4", "--held-out", "5", "--json"],
  );
  assert.is(code, 0, stderr);
  const { plan, best, heldOut, isBetter, yaml } = JSON.parse(stdout);
  assert.equal(Object.keys(best), ["wanted"]);
  // The eleven others have a slice each of four decades: one of them, 0.36 decades wide, has 100 within.
  assert.ok(40 <= best.wanted && best.wanted <= 250, `${best.wanted}`);
  assert.ok(isBetter && heldOut.high < 0 && heldOut.low <= heldOut.mean);
  assert.match(yaml, /^dispatch: \{ \.\/planted\.js: \{ wanted: "?\d.*( s| min)"? \} \}$/);
  assert.equal([plan.train.seed, plan.heldOut.seed], [7, 8]);
  assert.equal(plan.rungs, [1, 2, 4]);
});

test("every second cell is held out, or those that are named; the others are trained on", () => {
  const few = ["--params", "wanted", "--candidates", "3", "--train", "1", "--held-out", "2"];
  const all = tune("four.yaml", "--policy", "./planted.js", "--seed", "5", ...few);
  assert.is(all.code, 0, all.stderr);
  const [first, second] = ["crowd 20 + server 4 Mbit/s", "crowd 20 + server 8 Mbit/s"];
  assert.match(all.stdout, `training: seed 5, replications 0 to 0; cells: ${first}, crowd 30`);
  assert.match(all.stdout, `held out: seed 6, replications 0 to 1; cells: ${second}, crowd 30`);
  assert.match(
    all.stdout,
    /\n {2}crowd 20 \+ server 4 Mbit\/s +.*%\) +trained on, with other seeds\n/,
  );
  assert.match(all.stdout, /\n {2}crowd 20 \+ server 8 Mbit\/s +.*%\) +held out\n/);
  assert.match(all.stdout, /\nover the held-out cells: .* %\)\n/);
  const named = ["--held-out-cell", first, "--held-out-seed", "99", "--json"];
  const { plan, cells } = JSON.parse(
    tune("four.yaml", "--policy", "./planted.js", ...few, ...named).stdout,
  );
  assert.equal(plan.heldOut, { seed: 99, cells: [first] });
  assert.equal(
    cells.map(({ isTrained }: { readonly isTrained: boolean }) => isTrained),
    [false, true, true, true],
  );
});

test("luck in training is told as such", () => {
  const { code, stdout } = tune(
    ...(["one.yaml", "--policy", "./luck.js", "--candidates", "4", "--train", "2"] as const),
    ...["--held-out", "4"],
  );
  assert.is(code, 0);
  assert.match(stdout, "in training: −");
  assert.match(stdout, "The held-out interval does not exclude that nothing is gained");
  assert.match(stdout, /\ndispatch: \{ \.\/luck\.js: \{ draws: \d+ \} \}\n$/);
});

test("where no candidate is better the defaults are kept", () => {
  const idle = ["--policy", "./planted.js", "--params", "idle", "--candidates", "3"];
  const { code, stdout } = tune("one.yaml", ...idle, "--train", "1");
  assert.is(code, 0);
  assert.match(stdout, "None of 3 candidates was better than the defaults");
});

test("what does not fit is told with what would", () => {
  const problem = (...args: string[]) => {
    const { code, stderr } = tune("four.yaml", ...args);
    assert.is(code, 2, stderr);
    return stderr;
  };
  const policy = ["--policy", "power-of-d"];
  assert.match(
    problem(...policy, "--metric", "visit.men"),
    /unknown metric: visit.men;.*'visit.mean'\?/,
  );
  assert.match(
    problem(...policy, "--metric", "requests.total"),
    /a metric that can get better; got requests.total/,
  );
  assert.match(
    problem("--policy", "power-of-e"),
    /--policy: unknown policy: power-of-e;.*'power-of-d'\?/,
  );
  assert.match(problem("--policy", "random"), /--policy: expected params; random has none/);
  assert.match(
    problem(...policy, "--params", "own,choice"),
    /--params: unknown param: choice; known: choices, own/,
  );
  assert.match(
    problem(...policy, "--family", "dispatches"),
    /--family: unknown family: dispatches; known: dispatch/,
  );
  assert.match(
    problem(...policy, "--held-out-cell", "x"),
    /--held-out-cell: unknown cell: x; known: crowd 20/,
  );
  assert.match(
    problem(...policy, "--seed", "3", "--held-out-seed", "3"),
    /another than the training's; got 3/,
  );
  const both = problem(...policy, "--train", "0", "--candidates", "1.5");
  assert.match(both, /invalid train: 0; not in \[1, 10000\]/);
  assert.match(both, /invalid candidates: 1.5; not in \[2, 10000\]/);
});

test.run();
