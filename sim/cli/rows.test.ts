/** Rows of runs, through the whole command: what is left, kept, made again, and what it says. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { csvParse } from "d3-dsv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { TABLE_NAMES } from "../rows/tables.ts";
import { killRuns, runFilesOf, undisturbed } from "../testing/kills/kill-runs.ts";
import { checkFolder } from "../testing/recompute/check-folder.ts";
import { NOT_RECOMPUTED } from "../testing/recompute/recompute.ts";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

/** Everything that rows tell of: a swarm, audits, machines that come and go, and one that lies. */
const SMALL = SMALL_EXPERIMENT.replace(/dispatch: \[.*\]/, "dispatch: [origin-only, random]")
  .replace("spread: 6 h }", "spread: 6 h, method: swarm }")
  .replace("chunkSize: fixed", "chunkSize: fixed\n  trust: { sampled-audit: { share: 0.1 } }")
  .replace("window: 1 d", "window: 2 d")
  .replace("customers: 30", "customers: 12")
  .concat("vary:\n  patience: { field: system.customers.patience, values: [10 min, 1 d] }\n");

const ALL = ["--rows", "all", "--rows-format", "parquet,csv", "--replications", "2"];

let room = "";
let small = "";
let all: ReturnType<typeof undisturbed>;
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-rows-"));
  small = join(room, "small.yaml");
  writeFileSync(small, SMALL);
  all = undisturbed([small, ...ALL], join(room, "all"));
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/** The folder of the only run below `out`. */
function folderIn(out: string): string {
  const [run, ...others] = readdirSync(join(room, out, "small"));
  assert.equal(others, []);
  return join(room, out, "small", run);
}

function rowsIn(folder: string, table: string) {
  return csvParse(readFileSync(join(folder, `${table}.csv`), "utf8"));
}

/** Parts of rows in the store below `out`. */
function partsIn(out: string): string[] {
  const store = join(room, out, ".store");
  const names = readdirSync(store, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".rows")).map((name) => join(store, name));
}

test("every metric follows from the rows, or it is said why not", async () => {
  assert.is(all.code, 0, all.stderr);
  const { runs, values, differences } = await checkFolder(folderIn("all"));
  assert.equal(differences, []);
  assert.is(runs, 8);
  const told = JSON.parse(all.stdout).cells[0].metrics;
  // Each metric of each run, and its mean in each of the four cells.
  const recomputed = Object.keys(told).length - Object.keys(NOT_RECOMPUTED).length;
  assert.is(values, (8 + 4) * recomputed);
});

test("tables begin with levels, policies and replication, and hold the rows of every run", () => {
  const folder = folderIn("all");
  const files = readdirSync(folder);
  for (const table of TABLE_NAMES) {
    assert.ok(files.includes(`${table}.parquet`) && files.includes(`${table}.csv`), table);
    const { columns } = rowsIn(folder, table);
    assert.equal(columns.slice(0, 3), ["patience", "policies", "replication"], table);
  }
  const runs = rowsIn(folder, "runs").map(({ patience, policies, replication }) => {
    return [patience, policies, replication];
  });
  assert.equal(
    runs,
    ["10 min", "1 d"].flatMap((patience) =>
      ["origin-only", "random"].flatMap((policies) =>
        ["0", "1"].map((replication) => [patience, policies, replication]),
      ),
    ),
  );
  const requests = rowsIn(folder, "requests");
  assert.is(
    requests.length,
    rowsIn(folder, "runs").reduce((sum, { requests: of }) => sum + Number(of), 0),
  );
});

test("rows change no result, and only those asked for are left", () => {
  const without = undisturbed([small, "--replications", "2"], join(room, "without"));
  assert.is(without.stdout, all.stdout);
  const [plain, withRows] = ["without", "all"].map((out) => readdirSync(folderIn(out)));
  const own = TABLE_NAMES.flatMap((table) => [`${table}.csv`, `${table}.parquet`]);
  assert.equal(
    plain,
    withRows.filter((name) => !own.includes(name)),
  );
  assert.equal(partsIn("without"), []);

  // What was run without rows is run again for them, and then never more.
  const args = ["--rows", "visits", "--replications", "2", "--out", join(room, "without")];
  const first = sim("run", small, ...args);
  assert.not.match(first.stderr, /at hand/);
  const again = sim("run", small, ...args, "--rows-format", "csv,parquet");
  assert.match(again.stderr, /^8 of 8 runs were at hand$/m);
  const folder = join(
    room,
    "without/small",
    basename(/report (.*)\/report/.exec(again.stdout)?.[1] ?? ""),
  );
  for (const name of ["visits.parquet", "visits.csv"]) {
    assert.equal(readFileSync(join(folder, name)), readFileSync(join(folderIn("all"), name)));
  }
  assert.not.ok(readdirSync(folder).includes("requests.parquet"));
});

test("damaged rows are told and made again, and a new report leaves rows as they are", () => {
  const before = runFilesOf(join(room, "all"));
  const [part] = partsIn("all");
  writeFileSync(part, readFileSync(part).subarray(0, 100));
  const { code, stderr } = sim("run", small, ...ALL, "--out", join(room, "all"));
  assert.is(code, 0, stderr);
  assert.match(stderr, /^note: .*a damaged entry is run again: [0-9a-f]{64}$/m);
  assert.match(stderr, /^7 of 8 runs were at hand$/m);
  assert.equal(runFilesOf(join(room, "all")), before);
  assert.is(sim("report", folderIn("all")).code, 0);
  assert.equal(Object.keys(runFilesOf(join(room, "all"))), Object.keys(before));
});

test("a run that is killed again and again leaves the rows of one that never was", async () => {
  const out = join(room, "killed");
  const { milliseconds } = all;
  await killRuns([small, ...ALL], out, { kills: 2, milliseconds, seed: "rows" });
  assert.is(undisturbed([small, ...ALL], out).code, 0);
  assert.equal(runFilesOf(out), runFilesOf(join(room, "all")));
  assert.equal(readdirSync(join(out, ".store/writing")), []);
});

test("rows that --until adds are left, too", () => {
  const file = join(room, "until.yaml");
  const until = "until: { metric: delay.p95, halfWidth: 1 ms, max: 4 }\n";
  writeFileSync(file, `${SMALL.slice(0, SMALL.indexOf("vary:"))}${until}`);
  const args = ["--rows", "runs", "--rows-format", "csv", "--replications", "2"];
  const { code, stderr } = sim("run", file, ...args, "--out", join(room, "until"));
  assert.is(code, 0, stderr);
  const [run] = readdirSync(join(room, "until/until"));
  const rows = rowsIn(join(room, "until/until", run), "runs");
  assert.equal(
    rows.map(({ policies, replication }) => `${policies} ${replication}`),
    ["origin-only", "random"].flatMap((name) => [0, 1, 2, 3].map((each) => `${name} ${each}`)),
  );
});

test("tables and formats that are not known are told before anything is run", () => {
  const wrong = sim("run", small, "--rows", "request,visits", "--out", join(room, "wrong"));
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, /^sim: --rows: unknown table: request; known: all, runs, requests/m);
  assert.match(wrong.stderr, "did you mean 'requests'?");
  const format = sim("run", small, "--rows-format", "xml,csv", "--out", join(room, "wrong"));
  assert.is(format.code, 2);
  assert.is(format.stderr, "sim: --rows-format: unknown format: xml; known: parquet, csv\n");
});

test.run();
