import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { tallyFiles } from "./file-tally.ts";
import { profileReuse } from "./reuse.ts";
import { type FileRow, type RequestRow, traceOfRows } from "./testing.ts";

function reuse(files: readonly FileRow[], rows: readonly RequestRow[]) {
  const trace = traceOfRows(files, rows);
  return profileReuse(trace, tallyFiles(trace));
}

const near = (a: number, b: number, bound = 1e-6) => assert.ok(Math.abs(a - b) < bound, `${a}`);

test("a cache answers what comes back within its size; nobody answers what is asked first", () => {
  // Ten files of 10 bytes, and one that nobody wants. File 0 comes back at once, and after all others.
  const files = Array.from({ length: 11 }, () => ({ size: 10 }));
  const order = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
  const { first, bytes, distance, caches } = reuse(
    files,
    order.map((file, time) => [time, time, file]),
  );
  assert.equal([first, bytes], [10, 100]);
  assert.equal([distance?.count, distance?.min, distance?.max], [2, 1, 10]);
  assert.equal(
    caches.map(({ share }) => Number(share.toPrecision(3))),
    [0.001, 0.00316, 0.01, 0.0316, 0.1, 0.316, 1],
  );
  // A tenth of the bytes holds one file, all of them the ten.
  const hits = caches.map((row) => row.hits);
  assert.equal(hits.slice(0, 4), [0, 0, 0, 0]);
  [1 / 12, 1 / 12, 2 / 12].forEach((share, at) => {
    near(hits[at + 4], share);
  });
});

test("in any order equal files are answered as often as they are held, but for the first time", () => {
  // Of 200 files with 20 requests each a cache of the share s holds any with the chance s.
  const random = streams(1)("test/reuse");
  const files = Array.from({ length: 200 }, () => ({ size: 5 }));
  const rows = Array.from({ length: 4000 }, (_, row): RequestRow => [random() * 1e4, 0, row % 200]);
  const { caches } = reuse(files, rows);
  for (const { share, hits, shuffled } of caches) {
    near(shuffled, 0.95 * share, 1e-4);
    near(hits, shuffled, 0.03);
  }
});

test("no request is answered by no cache", () => {
  const { first, bytes, distance, caches } = reuse([{ size: 1 }], []);
  assert.equal([first, bytes, distance], [0, 0, null]);
  assert.ok(caches.every(({ hits, shuffled }) => hits === 0 && shuffled === 0));
});

test.run();
