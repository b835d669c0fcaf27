import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { writeRun } from "./store.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-store-"));
});
test.after.each(() => rmSync(room, { recursive: true }));

test("a run is written whole and replaces the run of that name", () => {
  const folder = join(room, "flash", "abc");
  writeRun(folder, new Map([["a.csv", "1"]]));
  writeRun(folder, new Map([["b.csv", "2"]]));
  assert.equal(readdirSync(folder), ["b.csv"]);
  assert.is(readFileSync(join(folder, "b.csv"), "utf8"), "2");
  assert.equal(readdirSync(join(room, "flash")), ["abc"]);
});

test("a write that fails leaves the old run and nothing else", () => {
  const folder = join(room, "abc");
  writeRun(folder, new Map([["a.csv", "1"]]));
  const bad = new Map([
    ["b.csv", "2"],
    ["no/such/folder.csv", "3"],
  ]);
  assert.throws(() => writeRun(folder, bad), /ENOENT/);
  assert.equal(readdirSync(room), ["abc"]);
  assert.equal(readdirSync(folder), ["a.csv"]);
});

/** What a process of this machine that is no more has left. */
const left = `.writing-999999999@${hostname()}`;

test("what a killed run left unfinished is cleared away by the next", () => {
  mkdirSync(join(room, left));
  mkdirSync(join(room, `.writing-1@elsewhere.invalid`));
  writeRun(join(room, "abc"), new Map());
  assert.equal(readdirSync(room).sort(), [".writing-1@elsewhere.invalid", "abc"]);
});

test("what a killed run had moved aside is put back, unless another has taken its place", () => {
  for (const run of ["old", "abc"]) {
    mkdirSync(join(room, `${left} replaces ${run}`));
    writeFileSync(join(room, `${left} replaces ${run}`, "a.csv"), "old");
  }
  writeRun(join(room, "new"), new Map());
  assert.equal(readdirSync(room).sort(), ["abc", "new", "old"]);
  mkdirSync(join(room, `${left} replaces abc`));
  writeRun(join(room, "new"), new Map());
  assert.equal(readdirSync(join(room, "abc")), ["a.csv"]);
});

test.run();
