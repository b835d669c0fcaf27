import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { blocksIn } from "../../rows/part.ts";
import { plainRows } from "../../rows/testing.ts";
import { numberedRuns, variedExperiment } from "../testing.ts";
import { hasParts, hasWholeParts, partPath, RunParts } from "./run-parts.ts";
import { openRunStore } from "./run-store.ts";
import { shelfIn } from "./shelf.ts";

let folder = "";
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "mirrorlab-parts-"));
});
test.after.each(() => rmSync(folder, { recursive: true }));

const KEY = "ab12".padEnd(64, "0");
const [{ runs }] = numberedRuns(variedExperiment("{ dispatch: origin-only }"));
const [run] = runs;

const wanted = (...tables: ("copies" | "runs")[]) => ({ folder, key: KEY, tables });

const ROW = {
  rows: 1,
  columns: [Float64Array.of(9), Float64Array.of(10), Int32Array.of(3), Int32Array.of(2)],
};

/** Writes the rows of a run, whose table `runs` has one. */
function keep(tables = wanted("copies", "runs")): void {
  const parts = new RunParts(tables);
  parts.sinks.get("runs")?.(ROW);
  parts.keep();
  parts.close();
}

test("rows are there when the run has ended, all tables, and nothing before", () => {
  const both = wanted("copies", "runs");
  const parts = new RunParts(both);
  parts.sinks.get("runs")?.(ROW);
  assert.not.ok(hasParts(both));
  assert.is(readdirSync(join(folder, "writing")).length, 2);
  parts.keep();
  parts.close();
  assert.ok(hasWholeParts(both));
  assert.equal(readdirSync(join(folder, "writing")), []);
  assert.equal(readdirSync(join(folder, "ab/12")), [`${KEY}.copies.rows`, `${KEY}.runs.rows`]);
  const blocks = [...blocksIn(partPath(both, "runs"), "runs")];
  assert.equal(
    blocks.flatMap((block) => plainRows("runs", block)),
    [{ window_s: 9, end_s: 10, requests: 3, visits: 2 }],
  );
});

test("a run that fails leaves no rows, and those of an earlier one stay", () => {
  keep(wanted("runs"));
  const before = readFileSync(partPath(wanted("runs"), "runs"));
  const parts = new RunParts(wanted("runs"));
  parts.close();
  assert.equal(readdirSync(join(folder, "writing")), []);
  assert.equal(readFileSync(partPath(wanted("runs"), "runs")), before);
});

test("a folder that cannot be written is told as one", () => {
  writeFileSync(join(folder, "writing"), "in the way");
  assert.throws(
    () => new RunParts(wanted("runs")),
    (error: unknown) => error instanceof InputError && /expected a folder that/.test(error.message),
  );
});

test("a result counts as none where rows are wanted that are not there, or damaged", () => {
  const store = openRunStore(folder);
  const notes: string[] = [];
  const watcher = { onNote: (note: string) => notes.push(note) };
  const get = (...tables: ("copies" | "runs")[]) =>
    shelfIn(store, () => KEY, { force: false, tables }).get({ cell: 0, replication: 0 }, watcher);
  mkdirSync(folder, { recursive: true });
  keep(wanted("runs"));
  assert.is(get("runs"), undefined, "rows alone are no result");
  store.put(KEY, run);
  assert.equal(get(), run);
  assert.equal(get("runs"), run);
  assert.is(get("copies", "runs"), undefined);
  assert.equal(notes, []);

  const path = partPath(wanted("runs"), "runs");
  const damaged = readFileSync(path);
  damaged[damaged.length - 1] ^= 1;
  writeFileSync(path, damaged);
  assert.equal(get(), run, "who wants no rows is not concerned");
  assert.is(get("runs"), undefined);
  assert.equal(notes, [`${folder}: a damaged entry is run again: ${KEY}`]);
});

test("where nothing that is there is believed, or no rows are wanted, it is said so", () => {
  const store = openRunStore(folder);
  store.put(KEY, run);
  keep(wanted("runs"));
  const shard = { cell: 0, replication: 0 };
  const forced = shelfIn(store, () => KEY, { force: true, tables: ["runs"] });
  assert.is(forced.get(shard, {}), undefined);
  assert.equal(forced.partsOf(shard), wanted("runs"));
  assert.is(shelfIn(store, () => KEY, { force: false, tables: [] }).partsOf(shard), null);
});

test.run();
