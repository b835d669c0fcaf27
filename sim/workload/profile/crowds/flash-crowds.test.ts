import { test } from "uvu";
import * as assert from "uvu/assert";
import { exponential, type Stream, streams } from "../../../engine/random.ts";
import { weeklyRhythm } from "../../rhythm.ts";
import { tallyFiles } from "../file-tally.ts";
import { releasesOf } from "../releases.ts";
import { type FileRow, type RequestRow, traceOfRows } from "../testing.ts";
import { flashCrowdsOf } from "./flash-crowds.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const AT = 4.4 * DAY;
const HALF_LIFE = 6 * HOUR;

/** Two distributions of forty packages; at `AT` ten of the first get a new version. */
const files: readonly FileRow[] = [
  ...Array.from({ length: 80 }, (_, at) => ({
    size: 1000,
    package: `package-${at}`,
    distribution: at < 40 ? "red" : "blue",
    path: `/pool/package-${at}`,
  })),
  ...Array.from({ length: 10 }, (_, at) => ({
    ...{ size: 1000, package: `package-${at}`, distribution: "red", release: AT },
    path: `/pool/package-${at}-new`,
  })),
];

/** Ten days of visits in rhythm, `perHour` an hour, each of three packages. */
function everyday(random: Stream, perHour: number): RequestRow[] {
  const rhythm = weeklyRhythm("monday");
  const rows: RequestRow[] = [];
  let elapsed = exponential(random, HOUR / perHour);
  for (let time = rhythm.timeAt(elapsed); time < 10 * DAY; time = rhythm.timeAt(elapsed)) {
    const customer = Math.floor(1000 * random());
    for (let each = 0; each < 3; each++) rows.push([time, customer, Math.floor(80 * random())]);
    elapsed += exponential(random, HOUR / perHour);
  }
  return rows;
}

/** Customers who come for all of the release's files, half of them within the half-life. */
function crowd(random: Stream, customers: number): RequestRow[] {
  return Array.from({ length: customers }, (_, at): RequestRow[] => {
    const time = AT + exponential(random, HALF_LIFE / Math.LN2);
    return time >= 10 * DAY
      ? []
      : Array.from({ length: 10 }, (_, file): RequestRow => [time, 1000 + at, 80 + file]);
  }).flat();
}

function found(rows: readonly RequestRow[]) {
  const trace = traceOfRows(files, rows, { window: 10 * DAY });
  return flashCrowdsOf(trace, releasesOf(trace.catalogue, tallyFiles(trace)));
}

test("a release that everybody wants is a crowd of all, and is named", () => {
  const random = streams(1)("test/crowd");
  // 6,000 customers at first come at 6,000 · ln 2 / 6 = 693 an hour, on top of 150.
  const { crowds, bin } = found([...everyday(random, 150), ...crowd(random, 6000)]);
  assert.is(bin, 600);
  assert.is(crowds.length, 1, JSON.stringify(crowds));
  const [{ start, among, subject, peakOverBase, halfLife, excess }] = crowds;
  assert.is(among, "all");
  assert.equal([subject?.kind, subject?.name], ["release", "red at 4 d 09:36"]);
  assert.ok(Math.abs(start - AT) <= 1200, `${start - AT}`);
  // At the time of the release the rhythm's factor is 1.0 · 1.04, so 150 become 843 or so.
  assert.ok(Math.abs((peakOverBase ?? 0) / 5.6 - 1) < 0.3, `${peakOverBase}`);
  assert.ok(Math.abs((halfLife ?? 0) / HALF_LIFE - 1) < 0.3, `${halfLife}`);
  // Those who come after its end, a quarter above the base, are not counted: about 325.
  assert.ok(Math.abs(excess / 6000 - 1) < 0.2, `${excess}`);
});

test("a release that few want shows among those who want its packages", () => {
  const random = streams(2)("test/crowd");
  // 1,200 · ln 2 / 6 = 139 an hour: less than the 200 of all, twice the 66 who want such packages.
  const { crowds } = found([...everyday(random, 200), ...crowd(random, 1200)]);
  assert.is(crowds.length, 1, JSON.stringify(crowds));
  assert.is(crowds[0].among, "release");
  assert.ok(Math.abs(crowds[0].start - AT) <= HOUR);
});

test("one customer who asks for everything at once is no crowd", () => {
  const random = streams(3)("test/crowd");
  const greedy = Array.from(
    { length: 20_000 },
    (_, at): RequestRow => [5 * DAY + at / 10, 0, at % 80],
  );
  assert.equal(found([...everyday(random, 150), ...greedy]).crowds, []);
});

test("a crowd without a release is named after its package, or its file", () => {
  const random = streams(4)("test/crowd");
  const rush = (file: number) =>
    Array.from(
      { length: 4000 },
      (_, at): RequestRow => [
        ...([5.5 * DAY + exponential(random, 3 * HOUR), 1000 + at, file] as const),
      ],
    );
  const [{ subject }] = found([...everyday(random, 150), ...rush(50)]).crowds;
  assert.equal([subject?.kind, subject?.name], ["package", "package-50"]);

  const unnamed = files.slice(0, 80).map(({ size, path }) => ({ size, path: path ?? "" }));
  const trace = traceOfRows(unnamed, [...everyday(random, 150), ...rush(50)], { window: 10 * DAY });
  const [crowd] = flashCrowdsOf(trace, releasesOf(trace.catalogue, tallyFiles(trace))).crowds;
  assert.equal([crowd.subject?.kind, crowd.subject?.name], ["file", "/pool/package-50"]);
});

test.run();
