import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { streams } from "../engine/random.ts";
import { type ChangeRecipe, changingFiles, fileChanges, roundsOf, withChanges } from "./changes.ts";
import { NO_CHANGES, type Workload } from "./workload.ts";

const ALWAYS = Number.NEGATIVE_INFINITY;
const PATHS = [
  "dists/stable/InRelease",
  "dists/stable/main/binary-amd64/Packages.xz",
  "dists/stable/main/binary-amd64/by-hash/SHA256/00/Packages.xz",
  "pool/main/apt_2.6.1_amd64.deb",
  "9/x86_64/repodata/repomd.xml",
  "9/x86_64/repodata/17/repomd.xml",
];
const NOTHING_SAID: ChangeRecipe = { match: null, share: null, first: null, every: null };

function catalogueOf(paths: readonly string[], release: readonly number[] = []) {
  return {
    files: paths.length,
    size: new Float64Array(paths.length).fill(1),
    digest: Uint32Array.from(paths.keys()),
    release: Float64Array.from(paths, (_, file) => release[file] ?? ALWAYS),
    path: (file: number) => paths[file],
  };
}

const chance = (seed = 1) => streams(seed)("changes");
const meant = (recipe: Partial<ChangeRecipe>, paths: readonly string[] = PATHS) =>
  changingFiles({ ...NOTHING_SAID, ...recipe }, catalogueOf(paths))(chance());

function problemOf(act: () => unknown): string {
  try {
    act();
    return "";
  } catch (error) {
    assert.instance(error, InputError);
    return (error as Error).message;
  }
}

const rowsOf = ({ count, time, file }: ReturnType<typeof fileChanges>) =>
  Array.from({ length: count }, (_, row) => [time[row], file[row]]);

test("files are meant by the ends of their paths or as indexes, and not if a path names the bytes", () => {
  assert.equal(meant({ match: ["InRelease"] }), [0]);
  assert.equal(meant({ match: ["Packages.xz", ".deb"] }), [1, 3]);
  assert.equal(meant({}), [0, 1, 4]);
  assert.equal(meant({ share: 1 }), [0, 1, 3, 4]);
});

test("a path that there is not is a mistake, by pattern or by kind", () => {
  assert.is(
    problemOf(() => meant({ match: ["InRelease", ".db"] }, ["a", "b"])),
    "workload.changes: expected paths that end with InRelease or .db; got none among 2 files",
  );
  assert.is(
    problemOf(() => meant({}, ["a.deb"])),
    "workload.changes: expected index files; got none among 1 files",
  );
});

test("a larger share has the files of a smaller one; the same chance draws the same", () => {
  const paths = Array.from({ length: 2000 }, (_, file) => `file-${file}`);
  const [few, many] = [meant({ share: 0.1 }, paths), meant({ share: 0.3 }, paths)];
  assert.equal(meant({ share: 0.1 }, paths), few);
  assert.ok(few.every((file) => many.includes(file)));
  // Four standard errors of each share among 2,000.
  assert.ok(Math.abs(few.length / 2000 - 0.1) < 4 * Math.sqrt((0.1 * 0.9) / 2000));
  assert.ok(Math.abs(many.length / 2000 - 0.3) < 4 * Math.sqrt((0.3 * 0.7) / 2000));
});

test("rounds are at first, and every so often from then on, before the window's end", () => {
  const timesOf = (first: number, every: number | null, window: number) =>
    roundsOf({ every }, { first, window, files: [7] }).map(({ time }) => time);
  assert.equal(timesOf(10, 30, 100), [10, 40, 70]);
  assert.equal(timesOf(10, 30, 101), [10, 40, 70, 100]);
  assert.equal(timesOf(0, null, 100), [0]);
  assert.equal(timesOf(100, 30, 100), []);
  assert.equal(timesOf(Number.POSITIVE_INFINITY, null, 100), []);
  // 0.1 and 0.3 are not exact: the last quotient is rounded up.
  assert.ok(timesOf(0, 0.1, 0.3).every((time) => time < 0.3));
});

test("more than a million changes are a mistake", () => {
  const rounds = (every: number) => roundsOf({ every }, { first: 0, window: 1000, files: [1, 2] });
  assert.is(rounds(0.002).length, 500_000);
  assert.is(
    problemOf(() => rounds(0.001)),
    "workload.changes: expected at most 1000000 changes; got 1000000 of each of 2 files",
  );
});

test("columns are in order of time and file; one time and file is one change", () => {
  const rounds = [
    { time: 50, files: [2, 0] },
    { time: 20, files: [1] },
    { time: 50, files: [1, 2] },
  ];
  assert.equal(rowsOf(fileChanges(rounds, catalogueOf(PATHS))), [
    [20, 1],
    [50, 0],
    [50, 1],
    [50, 2],
  ]);
  assert.equal(fileChanges([], catalogueOf(PATHS)), NO_CHANGES);
});

test("a file does not change before it is released, nor with that", () => {
  const rounds = [10, 20, 30].map((time) => ({ time, files: [0, 1] }));
  const changes = fileChanges(rounds, catalogueOf(PATHS, [20, ALWAYS]));
  assert.equal(rowsOf(changes), [
    [10, 1],
    [20, 1],
    [30, 0],
    [30, 1],
  ]);
});

test("a workload gets its changes from its own stream, and is itself where none are said", () => {
  const workload: Workload = {
    catalogue: catalogueOf(PATHS),
    changes: NO_CHANGES,
    trace: {
      requests: 0,
      time: new Float64Array(),
      customer: new Uint32Array(),
      file: new Uint32Array(),
      bytes: new Float64Array(),
      visit: new Uint32Array(),
      visits: 0,
    },
    customers: 1,
    window: 100,
    notes: [],
  };
  assert.is(withChanges(workload, undefined)(streams(1)), workload);
  const changed = (recipe: Partial<ChangeRecipe>, seed = 1) =>
    rowsOf(withChanges(workload, { ...NOTHING_SAID, ...recipe })(streams(seed)).changes);
  const match = ["InRelease"];
  assert.equal(changed({ match, every: 40 }), [
    [40, 0],
    [80, 0],
  ]);
  assert.equal(changed({ match, first: 5 }), [[5, 0]]);
  const drawn = Array.from({ length: 20 }, (_, seed) => changed({ share: 0.5, first: 5 }, seed));
  assert.ok(new Set(drawn.map((rows) => rows.join(" "))).size > 1);
  const own = changingFiles({ match: null, share: 0.5 }, workload.catalogue);
  const files = own(streams(3)("workload/changes"));
  assert.equal(
    drawn[3],
    files.map((file) => [5, file]),
  );
});

test.run();
