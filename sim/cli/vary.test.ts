/** An experiment that varies, run as a user would, against the plain experiments it stands for. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-vary-"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

const BASE = SMALL_EXPERIMENT.replace(/dispatch: \[.*\]/, "dispatch: [origin-only, random]")
  .replace("replications: 3", "replications: 2")
  .replace("window: 1 d", "window: 15 h");
const INTERVAL = "  interval: { field: system.tracker.interval, values: [1 min, 30 min] }\n";
const CROWD = "  crowd: { few: {}, many: { workload.release.customers: 60 } }\n";

interface Result {
  readonly fingerprint: string;
  readonly baseline: string | null;
  readonly cells: readonly {
    readonly policies: Readonly<Record<string, string>>;
    readonly levels?: Readonly<Record<string, string>>;
    readonly metrics: Readonly<Record<string, { readonly mean: number | null }>>;
    readonly label: string;
    readonly alike?: readonly string[];
    readonly differences?: Readonly<Record<string, { readonly mean: number | null }>>;
  }[];
}

function run(text: string, ...args: string[]): Result {
  writeFileSync(join(room, "e.yaml"), text);
  const { code, stdout, stderr } = sim("run", join(room, "e.yaml"), "--json", "--quiet", ...args);
  assert.is(code, 0, stderr);
  return JSON.parse(stdout);
}

/** Without what depends on the other cells: labels, and how differences were decided among all. */
function alone(cells: Result["cells"]): unknown {
  return cells.map(({ label: _, alike: __, differences = {}, ...cell }) => {
    const means = Object.entries(differences).map(([name, { mean }]) => [name, mean]);
    return { ...cell, differences: Object.fromEntries(means) };
  });
}

const out = () => ["--out", join(room, "out")];

function filesOf(): Readonly<Record<string, string>> {
  const folder = join(room, "out", "e", readdirSync(join(room, "out", "e"))[0]);
  const names = readdirSync(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("every variant gives the results of the plain experiment, on common random numbers", () => {
  const varied = run(`${BASE}vary:\n${INTERVAL}${CROWD}`, ...out());
  assert.is(varied.cells.length, 2 * 2 * 2);
  assert.is(varied.baseline, "origin-only");
  for (const [interval, crowd, customers] of [
    ["1 min", "many", 60],
    ["30 min", "few", 30],
  ] as const) {
    const text = BASE.replace("customers: 30", `customers: ${customers}`).replace(
      "system:",
      `system:\n  tracker: { interval: ${interval} }`,
    );
    const own = varied.cells.filter(
      ({ levels }) => levels?.["interval"] === interval && levels["crowd"] === crowd,
    );
    assert.equal(
      alone(own.map(({ levels: _, ...cell }) => cell)),
      alone(run(text, "--out", join(room, "plain")).cells),
    );
  }
});

test("the order of axes and the number of threads change no result", () => {
  const there = run(`${BASE}vary:\n${INTERVAL}${CROWD}`, ...out(), "--jobs", "1");
  const back = run(`${BASE}vary:\n${CROWD}${INTERVAL}`, "--out", join(room, "b"), "--jobs", "2");
  const key = ({ policies, levels = {} }: Result["cells"][number]) =>
    [levels["interval"], levels["crowd"], policies["dispatch"]].join();
  const byKey = ({ cells }: Result) =>
    new Map(cells.map((cell) => [key(cell), { ...cell, levels: null, label: null }]));
  const expected = byKey(there);
  const found = byKey(back);
  assert.is(found.size, 8);
  for (const [cell, result] of expected) assert.equal(found.get(cell), result);
});

test("rows have a column an axis, and the manifest digests the inputs of all variants", () => {
  const curve = "  curve: { early: {}, flat: { workload.release.curve: CURVE } }\n";
  const flat = join(room, "flat.csv");
  writeFileSync(flat, readFileSync("traces/release-curve.csv", "utf8"));
  run(`${BASE}vary:\n${INTERVAL}${curve.replace("CURVE", flat)}`, ...out());
  const files = filesOf();
  const rows = csvParse(files["replications.csv"]);
  assert.equal(rows.columns.slice(0, 4), ["interval", "curve", "policies", "replication"]);
  assert.equal(
    [...new Set(rows.map((row) => `${row["interval"]} ${row["curve"]} ${row["policies"]}`))],
    ["1 min", "30 min"].flatMap((interval) =>
      ["early", "flat"].flatMap((level) =>
        ["origin-only", "random"].map((policy) => `${interval} ${level} ${policy}`),
      ),
    ),
  );
  const { inputs, experiment } = JSON.parse(files["manifest.json"]);
  assert.ok(flat in inputs && "traces/release-curve.csv" in inputs, Object.keys(inputs).join());
  assert.is(experiment.vary.variants.length, 4);
  assert.ok("along-1.svg" in files);
});

test("a level can be the baseline, also together with a policy", () => {
  const vary = `vary:\n${INTERVAL}`;
  const level = BASE.replace(/compare: .*/, "compare: { interval: 30 min }");
  const byLevel = run(level + vary, ...out());
  assert.is(byLevel.baseline, "interval 30 min");
  const isCompared = ({ cells }: Result) =>
    cells.map(({ differences }) => differences !== undefined);
  assert.equal(isCompared(byLevel), [true, true, false, false]);
  const both = BASE.replace(/compare: .*/, "compare: { interval: 30 min, dispatch: random }");
  const byBoth = run(both + vary, ...out());
  assert.is(byBoth.baseline, "interval 30 min + random");
  assert.equal(isCompared(byBoth), [true, true, true, false]);
});

test("the table leads with the levels", () => {
  writeFileSync(join(room, "e.yaml"), `${BASE}vary:\n${CROWD}`);
  const { stdout } = sim("run", join(room, "e.yaml"), "--quiet", ...out());
  assert.match(stdout, /^crowd +policies +server\.bytes/m);
  assert.match(stdout, /^many +random /m);
});

test("a mistake in a level is the user's, with its place", () => {
  const wrong = CROWD.replace("60", "-60");
  writeFileSync(join(room, "e.yaml"), `${BASE}vary:\n${wrong}`);
  const { code, stdout, stderr } = sim("run", join(room, "e.yaml"), ...out());
  assert.is(code, 2, stdout);
  const line = BASE.split("\n").length + 1;
  const place = `e.yaml:${line}:${wrong.indexOf("-60") + 1}`;
  assert.match(stderr, `${place}: invalid customers: -60; not in [1, 100000000]`);
});

test.run();
