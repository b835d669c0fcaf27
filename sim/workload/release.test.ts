import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import type { ChangeRecipe } from "./changes.ts";
import { parseExtract } from "./extract.ts";
import { readText } from "./files/text.ts";
import { installChances, type ReleaseRecipe, releaseWorkload } from "./release.ts";
import { debianIndexSizes } from "./release-catalogue.ts";
import { exponentialShape } from "./release-shape.ts";
import type { Workload } from "./workload.ts";

const DAY = 86_400;
const extract = parseExtract(readText("traces/debian-12.tsv.gz"), "traces/debian-12.tsv.gz");
const INDEXES = 5;

const recipe: ReleaseRecipe = {
  customers: 2000,
  at: 1.375 * DAY,
  window: 3 * DAY,
  weekday: "monday",
  firstDay: 0.8,
  background: 0.005,
  indexes: debianIndexSizes,
};

const generate = (changes: Partial<ReleaseRecipe> = {}, seed = 1) =>
  releaseWorkload({ ...recipe, ...changes }, extract, exponentialShape(), streams(seed));

interface Visit {
  readonly time: number;
  readonly files: number[];
}

/** Each customer's visit. */
function visits({ trace }: Workload): Map<number, Visit> {
  const found = new Map<number, Visit>();
  for (let i = 0; i < trace.requests; i++) {
    const visit = found.get(trace.customer[i]) ?? { time: trace.time[i], files: [] };
    assert.is(trace.time[i], visit.time, "a session has one time");
    visit.files.push(trace.file[i]);
    found.set(trace.customer[i], visit);
  }
  return found;
}

/** Visits of the customers that are there before the release. */
function crowd(workload: Workload): [number, Visit][] {
  return [...visits(workload)].filter(([customer]) => customer < recipe.customers);
}

const standard = generate();

test("requests are in order of time, in the window, whole files", () => {
  const { trace, catalogue, customers, window } = standard;
  for (let i = 0; i < trace.requests; i++) {
    assert.ok(trace.time[i] >= (i === 0 ? 0 : trace.time[i - 1]) && trace.time[i] < window);
    assert.is(trace.bytes[i], catalogue.size[trace.file[i]]);
    assert.ok(trace.customer[i] < customers);
    assert.ok(
      trace.time[i] >= catalogue.release[trace.file[i]],
      "nothing is asked before it exists",
    );
  }
});

test("the first-day share of the customers comes in the first day, each once", () => {
  const comers = crowd(standard);
  const ages = comers.map(([, { time }]) => time - recipe.at);
  assert.ok(ages.every((age) => age >= 0));
  const firstDay = ages.filter((age) => age < DAY).length / recipe.customers;
  // Four standard errors of a share of 0.8 among 2,000.
  assert.ok(Math.abs(firstDay - 0.8) < 4 * Math.sqrt((0.8 * 0.2) / 2000));
  for (const [, { files }] of comers) assert.is(new Set(files).size, files.length);
});

test("a customer asks for the changed indexes, then for the updates of what it has", () => {
  const draw = streams(1)("workload/installed");
  const chances = installChances(extract);
  const seen = visits(standard);
  const [signature, updates] = [extract.length + 3, extract.length + 4];
  for (let customer = 0; customer < recipe.customers; customer++) {
    const wanted = [...extract.keys()].filter(
      (row) => extract[row].updates !== undefined && draw() < chances[row],
    );
    const visit = seen.get(customer);
    if (visit !== undefined) assert.equal(visit.files, [signature, updates, ...wanted]);
  }
});

test("every customer updates the whole base set", () => {
  const base = [...extract.keys()].filter(
    (row) => extract[row].base && extract[row].updates !== undefined,
  );
  for (const [, { files }] of crowd(standard)) assert.ok(base.every((row) => files.includes(row)));
});

test("a new machine installs old versions before the release and new ones after", () => {
  const machines = [...visits(standard)].filter(([customer]) => customer >= recipe.customers);
  assert.ok(machines.length > 10);
  const isOld = (file: number) => extract[file]?.updates === undefined;
  const replaced = new Set(extract.map(({ updates }) => updates));
  for (const [, { time, files }] of machines) {
    const packages = files.filter((file) => file < extract.length);
    assert.ok(packages.length >= 265, "at least the base set");
    if (time < recipe.at) assert.ok(packages.every(isOld));
    else assert.ok(packages.every((file) => !replaced.has(file)));
  }
});

test("background is the new machines a day as a share of the customers", () => {
  const { customers } = generate({ background: 0.1, window: 7 * DAY, at: 6.9 * DAY });
  const expected = 2000 * 0.1 * 7; // A whole week, so the rhythm averages out.
  assert.ok(Math.abs(customers - 2000 - expected) < 4 * Math.sqrt(expected));
  assert.is(generate({ background: 0 }).customers, 2000);
});

test("new machines come half as often at the weekend as in midweek", () => {
  const { trace } = generate({ background: 0.2, window: 7 * DAY, at: 6.9 * DAY, customers: 1000 });
  const machines = new Map<number, number>();
  for (let i = 0; i < trace.requests; i++) {
    if (trace.customer[i] >= 1000) machines.set(trace.customer[i], Math.floor(trace.time[i] / DAY));
  }
  const perDay = (days: readonly number[]) =>
    [...machines.values()].filter((day) => days.includes(day)).length / days.length;
  assert.ok(Math.abs(perDay([5, 6]) / perDay([1, 2, 3]) - 0.52) < 0.12);
});

test("some come for one of the images and for nothing else, at the times at which they came before", () => {
  const images = { count: 3, size: 4e9, share: 0.2 };
  const workload = generate({ images });
  const first = extract.length + INDEXES;
  const counts = [0, 0, 0];
  const before = new Map(crowd(standard));
  for (const [customer, { time, files }] of crowd(workload)) {
    assert.is(time, before.get(customer)?.time);
    if (files[0] < first) assert.equal(files, before.get(customer)?.files);
    else {
      assert.is(files.length, 1);
      counts[files[0] - first]++;
    }
  }
  const { catalogue } = workload;
  assert.is(catalogue.files, first + 3);
  assert.is(catalogue.size[first + 2], 4e9);
  assert.is(catalogue.release[first], recipe.at);
  assert.is(new Set(catalogue.digest.slice(first)).size, 3);
  const share = counts.reduce((sum, count) => sum + count, 0) / before.size;
  assert.ok(Math.abs(share - 0.2) < 0.03, `${share}`);
  for (const count of counts) assert.ok(count > 0.25 * share * before.size, `${counts}`);
});

test("the same seed gives the same trace, another seed another", () => {
  assert.equal(generate({ customers: 50 }).trace, generate({ customers: 50 }).trace);
  assert.not.equal(generate({ customers: 50 }).trace, generate({ customers: 50 }, 2).trace);
});

test("a parameter leaves the draws of the others alone", () => {
  const before = visits(standard);
  for (const [customer, { time, files }] of crowd(generate({ background: 0.02 }))) {
    assert.equal({ time, files }, before.get(customer));
  }
  for (const [customer, { time, files }] of crowd(generate({ customers: 100 }))) {
    if (customer < 100) assert.equal({ time, files }, before.get(customer));
  }
  for (const [customer, { files }] of crowd(generate({ firstDay: 0.3 }))) {
    assert.equal(files, before.get(customer)?.files);
  }
});

test("the catalogue holds every file of the extract and the indexes, versions in the paths", () => {
  const { catalogue } = standard;
  assert.is(catalogue.files, extract.length + INDEXES);
  const paths = Array.from({ length: catalogue.files }, (_, file) => catalogue.path(file));
  assert.is(new Set(paths).size, catalogue.files);
  assert.ok(paths.includes("pool/main/apt_2.6.1_amd64.deb"));
  assert.ok(paths.includes("pool/main/apt_2.6.2_amd64.deb"));
  assert.is(
    catalogue.release[paths.indexOf("pool/main/apt_2.6.1_amd64.deb")],
    Number.NEGATIVE_INFINITY,
  );
  assert.is(catalogue.release[paths.indexOf("pool/main/apt_2.6.2_amd64.deb")], recipe.at);
});

test("files of equal content have equal digests", () => {
  const twins = extract.slice(0, 2).map((file) => ({ ...file, digest: "0123456789abcdef" }));
  const { catalogue } = releaseWorkload(recipe, twins, exponentialShape(), streams(1));
  assert.is(catalogue.digest[0], catalogue.digest[1]);
  assert.is(new Set(catalogue.digest).size, 1 + INDEXES);
});

const NOTHING_SAID: ChangeRecipe = { match: null, share: null, first: null, every: null };
const inPlace = (changes: Partial<ChangeRecipe> = {}) =>
  generate({ customers: 200, changes: { ...NOTHING_SAID, ...changes } });

/** What changes when, by path. */
function changesOf({ catalogue, changes }: Workload): [number, string][] {
  return Array.from({ length: changes.count }, (_, row) => [
    changes.time[row],
    catalogue.path(changes.file[row]),
  ]);
}

const UPDATED_INDEXES = [
  "dists/bookworm-security/InRelease",
  "dists/bookworm-security/main/binary-amd64/Packages.xz",
];

test("without changes every version is a file of its own", () => {
  assert.is(standard.changes.count, 0);
});

test("with changes the indexes keep their names, and change at the release", () => {
  const { at } = recipe;
  assert.equal(
    changesOf(inPlace()),
    UPDATED_INDEXES.map((path) => [at, path]),
  );
  const { catalogue } = inPlace();
  assert.is(catalogue.files, extract.length + 3);
  for (let file = extract.length; file < catalogue.files; file++) {
    assert.is(catalogue.release[file], Number.NEGATIVE_INFINITY);
  }
});

test("indexes change every so often from the release on, or from another time on", () => {
  const { at, window } = recipe;
  const timesOf = (changes: Partial<ChangeRecipe>) => [
    ...new Set(changesOf(inPlace(changes)).map(([time]) => time)),
  ];
  assert.equal(timesOf({ every: DAY }), [at, at + DAY]);
  assert.ok(at + 2 * DAY >= window);
  assert.equal(timesOf({ first: 0, every: DAY }), [0, DAY, at, 2 * DAY]);
});

test("files that are named change beside the indexes of the release", () => {
  const changes = changesOf(inPlace({ match: ["binary-amd64/Packages.xz"], first: 60 }));
  assert.equal(changes, [
    [60, "dists/bookworm/main/binary-amd64/Packages.xz"],
    [60, UPDATED_INDEXES[1]],
    ...UPDATED_INDEXES.map((path) => [recipe.at, path]),
  ]);
});

test("names of indexes change no draw: the same visits ask for as many bytes", () => {
  const [byHash, kept] = [generate({ customers: 200 }), inPlace({ every: 3600 })];
  assert.equal(kept.trace.time, byHash.trace.time);
  assert.equal(kept.trace.customer, byHash.trace.customer);
  assert.equal(kept.trace.bytes, byHash.trace.bytes);
  const packages = (workload: Workload) => workload.trace.file.filter((f) => f < extract.length);
  assert.equal(packages(kept), packages(byHash));
});

test("each visit begins with the indexes, whose names are the same before and after", () => {
  const workload = inPlace();
  const main = "dists/bookworm/main/binary-amd64/Packages.xz";
  for (const [customer, { files }] of visits(workload)) {
    const indexes = customer < 200 ? UPDATED_INDEXES : [main, ...UPDATED_INDEXES];
    const first = files.slice(0, indexes.length).map((file) => workload.catalogue.path(file));
    assert.equal(first, indexes);
  }
});

test.run();
