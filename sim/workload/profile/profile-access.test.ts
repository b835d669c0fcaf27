import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { profileAccess } from "./profile-access.ts";
import { type FileRow, type RequestRow, traceOfRows } from "./testing.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const MB = 1e6;

const files: readonly FileRow[] = [
  { size: 700 * MB, kind: "image", distribution: "a" },
  { size: MB / 10, kind: "package", package: "vim", distribution: "a" },
  { size: MB / 10, kind: "package", package: "vim", distribution: "a", release: 12 * HOUR },
  { size: 1000, kind: "index", distribution: "b" },
];
const rows: readonly RequestRow[] = [
  [0, 0, 0, 350 * MB, 206],
  [10, 1, 0],
  [HOUR, 0, 3],
  [13 * HOUR, 0, 2],
  [13 * HOUR, 1, 2],
  [DAY + 1, 1, 1],
];
const profile = profileAccess(traceOfRows(files, rows, { window: 2 * DAY }));

test("files, bytes and requests are counted", () => {
  assert.equal(
    [profile.files, profile.requests, profile.days, profile.distributions],
    [4, 6, 2, 2],
  );
  assert.is(profile.bytes, 700.2 * MB + 1000);
  assert.is(profile.uploadBytes, 1050.3 * MB + 1000);
  assert.is(profile.shareUnder1MB, 3 / 4);
});

test("the share of images is of the bytes delivered", () => {
  assert.is(profile.isoUploadShare, (1050 * MB) / (1050.3 * MB + 1000));
});

test("an update is a package that was released within the window", () => {
  assert.is(profile.releases, 1);
  assert.is(profile.updateRequestShare, 2 / 6);
  const [release] = profile.releaseList;
  assert.equal([release.at, release.distribution, release.files], [12 * HOUR, "a", 1]);
  assert.equal([release.packages, release.requests], [1, 2]);
});

test("kinds share out the requests and the bytes", () => {
  const told = profile.kinds.map(({ kind, files, requests, uploadBytes }) => [
    ...[kind, files, requests, uploadBytes],
  ]);
  assert.equal(told, [
    ["image", 1, 2, 1050 * MB],
    ["package", 2, 3, 0.3 * MB],
    ["index", 1, 1, 1000],
    ["other", 0, 0, 0],
  ]);
});

test("requests and bytes fall into the hours and days of the window", () => {
  assert.is(profile.hourly.requests.length, 48);
  assert.equal([profile.hourly.requests[0], profile.hourly.requests[13]], [2, 2]);
  assert.equal(profile.daily.requests, [5, 1]);
  assert.equal(profile.daily.bytes, [1050.2 * MB + 1000, 0.1 * MB]);
});

test("answers are counted by status, and partial ones with what they took", () => {
  assert.equal(profile.answers, {
    status: { 200: 5, 206: 1 },
    partial: 1,
    partialBytes: 350 * MB,
  });
});

test("days of a dated trace begin at midnight", () => {
  const dated = traceOfRows(files, rows, { window: 2 * DAY, epoch: 100 * DAY + 20 * HOUR });
  const { daily, hourly } = profileAccess(dated);
  assert.is(daily.start, -20 * HOUR);
  assert.equal(daily.requests, [3, 3, 0]);
  assert.is(hourly.start, 0);
});

test("what a log does not tell is null", () => {
  const plain = profileAccess(traceOfRows([{ size: 5 }], [[0, 0, 0]]));
  assert.is(plain.distributions, null);
  assert.is(plain.largeDuplicateShare, null);
  assert.is(plain.updateRequestShare, null);
});

test("a trace without requests has a profile", () => {
  const empty = profileAccess(traceOfRows([], []));
  assert.equal([empty.requests, empty.isoUploadShare, empty.shareUnder1MB], [0, null, null]);
  assert.equal(empty.flashCrowds, []);
});

const request = fc.tuple(
  fc.integer({ min: 0, max: 2 * DAY - 1 }),
  fc.nat({ max: 20 }),
  fc.nat({ max: 3 }),
) as fc.Arbitrary<RequestRow>;

test("shares sum to 1 and JSON holds the profile, whatever the requests", () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 300 }), (drawn) => {
      const { kinds, requests, uploadBytes, hourly, popularity, ...rest } = profileAccess(
        traceOfRows(files, drawn, { window: 2 * DAY }),
      );
      const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);
      assert.is(sum(kinds.map((kind) => kind.requests)), requests);
      assert.ok(Math.abs(sum(kinds.map((kind) => kind.uploadBytes)) / uploadBytes - 1) < 1e-12);
      assert.is(sum(hourly.requests), requests);
      assert.ok(popularity.topShares.every((top) => top.requests <= 1));
      assert.equal(JSON.parse(JSON.stringify(rest)), rest);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("the numbering of files and customers does not matter", () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 200 }), (drawn) => {
      // Distinct times, so that the order of the rows is that of the times.
      const distinct = drawn.map((row, at): RequestRow => [row[0] + at / 1000, row[1], row[2]]);
      const swapped = distinct.map((row): RequestRow => [row[0], 20 - row[1], 3 - row[2]]);
      const window = { window: 2 * DAY + 1 };
      const one = profileAccess(traceOfRows(files, distinct, window));
      const other = profileAccess(traceOfRows(files.toReversed(), swapped.toReversed(), window));
      assert.equal(other.customers, one.customers);
      assert.equal(other.popularity, one.popularity);
      assert.equal(other.hourly.requests, one.hourly.requests);
      assert.equal(other.updateRequestShare, one.updateRequestShare);
    }),
    { seed: 1, numRuns: 30 },
  );
});

test.run();
