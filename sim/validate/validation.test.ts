import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ALL_CAUSES } from "../network/http/causes.ts";
import { ablation } from "./ablation.ts";
import { scatter } from "./charts.ts";
import { validationPage } from "./page.ts";
import { ablationTable, measuresTable } from "./tables.ts";
import { folderOf, SHARING_HEADER, sharingScenario } from "./testing.ts";
import { validate } from "./validation.ts";

const good = {
  "A_http_sharing/one/scenario.json": sharingScenario([null]),
  "A_http_sharing/one/outcomes.csv": `${SHARING_HEADER}\n0,0,c0,0,2000000,2.2,200,0,2.3\n`,
};

test("the cases of all scenarios are gathered by measure, and measures without cases left out", () => {
  const { measures, problems } = validate(folderOf(good));
  assert.equal(
    measures.map(({ name, cases }) => [name, cases]),
    [
      ["A.bulk", 1],
      ["A.all", 1],
    ],
  );
  assert.equal(problems, []);
});

test("what cannot be read is named, and the rest still counts", () => {
  const folder = folderOf({
    ...good,
    "A_http_sharing/two/scenario.json": "{}",
    "Z_what/x/scenario.json": "{}",
  });
  const { measures, problems } = validate(folder);
  assert.is(measures.length, 2);
  assert.match(problems.join("\n"), /A_http_sharing\/two\/scenario\.json/);
  assert.match(problems.join("\n"), /unknown experiment: .*Z_what; known: A, B, C, D, E/);
});

test("experiments that are not asked for are not replayed, and causes can be left out", () => {
  const folder = folderOf(good);
  assert.equal(validate(folder, { letters: ["D"] }).measures, []);
  const seconds = (connection: boolean) =>
    validate(folder, { causes: { ...ALL_CAUSES, connection } }).cases.get("A.all")?.[0].simulated;
  assert.ok(Math.abs((seconds(true) ?? 0) - (seconds(false) ?? 0) - 2 * 0.04015) < 1e-9);
});

test("the table says which aims are met", () => {
  const spread = { median: 0.2, p95: 0.3 };
  const worst = { scenario: "x", error: 0.4 };
  const table = measuresTable([
    { name: "A.all", cases: 2, median: 0.1, p95: 0.2, bias: -0.1, worst, naive: spread },
    { name: "E.rate", cases: 2, median: 0.11, p95: 0.2, bias: 0.1, worst, naive: spread },
  ]);
  assert.match(table, /A\.all\s+2\s+0\.100\s+0\.12\s+met\s+0\.200\s+−0\.100/);
  assert.match(table, /E\.rate\s+2\s+0\.110\s+0\.10\s+MISSED/);
});

test("the ablation has a line for each cause left out", () => {
  const errors = { "A.all": { median: 0.1, p95: 0.25 } };
  const table = ablationTable([
    { without: null, errors },
    { without: "burst", errors },
  ]);
  assert.match(table, /\(nothing\)\s+0\.100 0\.250/);
  assert.match(table, /burst\s+0\.100 0\.250/);
});

test("a chart holds each case twice, as the model and as the naive one predict it", () => {
  const cases = [{ scenario: "x", measured: 1, simulated: 2, naive: 4 }];
  const text = JSON.stringify(scatter("A.all", "seconds", cases));
  assert.match(text, /"scenario":"x","measured":1,"predicted":2,"error":0.69315/);
  assert.match(text, /"scenario":"x","measured":1,"predicted":4/);
});

test("a chart has a band of 20 % about its line and a ring around the worst case", () => {
  const cases = [
    { scenario: "good", measured: 10, simulated: 11, naive: 10 },
    { scenario: "bad", measured: 10, simulated: 30, naive: Number.POSITIVE_INFINITY },
    { scenario: "none", measured: 10, simulated: Number.POSITIVE_INFINITY, naive: 10 },
  ];
  const text = JSON.stringify(scatter("A.all", "seconds", cases));
  assert.match(text, /\[{"scenario":"bad","measured":10,"predicted":30,"error":1.0986}\]/);
  // From 10 / 1.2, a little below the least, to 30 × 1.2.
  assert.match(text, /"measured":8.3333,"predicted":8.3333,"low":6.94\d*,"high":9.99/);
  assert.match(text, /"domain":\[8.3333,36\]/);
  assert.not.match(text, /"none"/);
});

test("the page needs nothing from elsewhere and escapes what it shows", () => {
  const page = validationPage({ ...validate(folderOf(good)), problems: ["<odd>"] });
  assert.not.match(page.replace(/<script>[\s\S]*?<\/script>/g, ""), /src=|href="http/);
  assert.match(page, /&lt;odd&gt;/);
  assert.match(page, /A\.bulk/);
  assert.match(page, /worst 0\.\d+: one c0 rep 0/);
  assert.not.match(page, /What each cause is worth/);
});

test("the page tells what each cause is worth where that was asked for", () => {
  const folder = folderOf(good);
  const page = validationPage(
    validate(folder),
    ablation(folder, ["A", "C"], () => {}),
  );
  assert.match(page, /What each cause is worth[\s\S]*<td>nothing[\s\S]*<td>connection/);
});

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function run(...args: string[]) {
  // Without what the test runner tells its own processes about colours.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/COLOR/.test(name)),
  );
  return spawnSync(process.execPath, ["--import", "tsx", main, ...args], { encoding: "utf8", env });
}

test("the command prints JSON and writes the page", () => {
  const folder = folderOf(good);
  const file = join(folder, "page.html");
  const { stdout, status } = run("--measured", folder, "--json", "--html", file);
  assert.is(status, 0);
  const { measures } = JSON.parse(stdout);
  assert.equal(Object.keys(measures[0]), [
    "name",
    "cases",
    "median",
    "p95",
    "bias",
    "worst",
    "naive",
  ]);
  assert.match(readFileSync(file, "utf8"), /^<!doctype html>/);
});

test("the command says what is wrong with its arguments and exits with 2", () => {
  const missing = run("--measured", "/no/such");
  assert.is(missing.status, 2);
  assert.is(missing.stderr.trim(), "validate: missing folder of measurements: /no/such");
  assert.match(run("--without", "rain").stderr, /unknown cause: rain; known: wireEfficiency/);
  assert.match(run("--only", "AX").stderr, /unknown experiment: X; known: ABCDE/);
});

test("what is left out is told; only --strict makes it, or a missed aim, a failure", () => {
  const folder = folderOf({ ...good, "A_b/c/scenario.json": "{" });
  const partly = run("--measured", folder, "--json");
  assert.is(partly.status, 0);
  assert.match(partly.stderr, /^validate: left out: .*scenario\.json: expected JSON.*\n$/);
  assert.is(JSON.parse(partly.stdout).measures.length, 2);
  assert.is(run("--measured", folder, "--strict").status, 1);
  const far = folderOf({
    ...good,
    "A_http_sharing/one/outcomes.csv": `${SHARING_HEADER}\n0,0,c0,0,2000000,9,200,0,9.1\n`,
  });
  assert.is(run("--measured", far).status, 0);
  assert.is(run("--measured", far, "--strict").status, 1);
  assert.is(run("--measured", folderOf(good), "--strict", "--only", "A").status, 0);
});

test("where nothing can be read the command exits with 2, and its JSON says so", () => {
  const { status, stdout, stderr } = run("--measured", folderOf({ "A_b/c/x": "" }), "--json");
  assert.is(status, 2);
  assert.equal(JSON.parse(stdout), { measures: [] });
  assert.match(stderr, /left out: missing .*scenario\.json/);
});

test.run();
