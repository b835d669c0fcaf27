import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergePieces } from "./merge-pieces.ts";
import type { AccessColumns } from "./tables/access-rows.ts";

type Row = readonly [
  time: number,
  customer: number,
  file: number,
  bytes: number,
  status: number,
  visit?: number,
];

const SIZES = Float64Array.of(100, Number.NaN);

function columns(rows: readonly Row[]): AccessColumns {
  return {
    rows: rows.length,
    time: Float64Array.from(rows, ([time]) => time),
    customer: Uint32Array.from(rows, ([, customer]) => customer),
    file: Uint32Array.from(rows, ([, , file]) => file),
    bytes: Float64Array.from(rows, ([, , , bytes]) => bytes),
    status: Uint16Array.from(rows, ([, , , , status]) => status),
    visit: Uint32Array.from(rows, ([, , , , , visit]) => visit ?? 0),
  };
}

function merged(rows: readonly Row[], within = 600): readonly Row[] {
  const { rows: found, pieces } = mergePieces(columns(rows), SIZES, within);
  assert.is(found.rows + pieces, rows.length);
  return Array.from(
    { length: found.rows },
    (_, row) =>
      [
        found.time[row],
        found.customer[row],
        found.file[row],
        found.bytes[row],
        found.status[row],
        ...(found.visit[row] === 0 ? [] : [found.visit[row]]),
      ] as unknown as Row,
  );
}

test("ranges of a file that follow each other are one download", () => {
  assert.equal(
    merged([
      [0, 0, 0, 40, 206],
      [600, 0, 0, 40, 206],
      [1200, 0, 0, 20, 206],
    ]),
    [[0, 0, 0, 100, 200]],
  );
});

test("a download that was given up stays a part", () => {
  assert.equal(
    merged([
      [0, 0, 0, 40, 206],
      [5, 0, 0, 10, 200],
    ]),
    [[0, 0, 0, 50, 206]],
  );
});

test("what was fetched twice counts once", () => {
  assert.equal(
    merged([
      [0, 0, 0, 70, 206],
      [5, 0, 0, 70, 206],
    ]),
    [[0, 0, 0, 100, 200]],
  );
});

test("a whole answer after one that was broken off is the same download", () => {
  assert.equal(
    merged([
      [0, 0, 0, 40, 200],
      [5, 0, 0, 100, 200],
      [6, 0, 0, 100, 200],
    ]),
    [
      [0, 0, 0, 100, 200],
      [6, 0, 0, 100, 200],
    ],
  );
});

test("other customers, files and times are other downloads", () => {
  const rows: readonly Row[] = [
    [0, 0, 0, 40, 206],
    [1, 1, 0, 40, 206],
    [2, 0, 1, 40, 206],
    [601, 0, 0, 40, 206],
  ];
  assert.equal(merged(rows), rows);
});

test("pieces of other visits are other downloads, however the visits interleave", () => {
  assert.equal(
    merged([
      [0, 0, 0, 40, 206, 7],
      [1, 0, 0, 40, 206, 8],
      [1, 7, 0, 60, 206],
      [2, 0, 0, 60, 206, 7],
      [3, 0, 0, 10, 206],
      [5, 0, 0, 60, 206, 8],
      [6, 0, 0, 90, 206],
    ]),
    [
      [0, 0, 0, 100, 200, 7],
      [1, 0, 0, 100, 200, 8],
      [1, 7, 0, 60, 206],
      [3, 0, 0, 100, 200],
    ],
  );
});

test("nothing is merged within no time, nor without status", () => {
  const ranges: readonly Row[] = [
    [0, 0, 0, 40, 206],
    [1, 0, 0, 40, 206],
  ];
  assert.equal(merged(ranges, 0), ranges);
  const unknown: readonly Row[] = ranges.map(([time, who, what, bytes]) => [
    time,
    who,
    what,
    bytes,
    0,
  ]);
  assert.equal(merged(unknown), unknown);
});

test("without a size all pieces are added up, until a whole answer ends them", () => {
  assert.equal(
    merged([
      [0, 0, 1, 40, 206],
      [1, 0, 1, 90, 206],
      [2, 0, 1, 50, 200],
      [3, 0, 1, 50, 200],
    ]),
    [
      [0, 0, 1, 180, 200],
      [3, 0, 1, 50, 200],
    ],
  );
});

test.run();
