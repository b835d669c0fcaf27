import { test } from "uvu";
import * as assert from "uvu/assert";
import { hotBytes, runHot } from "./hot-run.ts";
import { runStar } from "./star-run.ts";
import { starWorkload } from "./star-workload.ts";

/** Start, source, customer (numbered behind 41 sources) and bytes of the first two and the last. */
const ROWS = [
  [7.252989, 7, 536, 704e6],
  [28.000116, 6, 397, 704e6],
  [7190.577476, 9, 514, 358e6],
];
const DOWNLINKS = [3_988_477, 5_563_237];

test("a star's workload is the one that the known answers are of", () => {
  const { downlinks, start, source, customer, bytes } = starWorkload("1e3");
  const rows = [0, 1, 999].map((i) => [start[i], source[i], 41 + customer[i], bytes[i]]);
  assert.equal(rows, ROWS);
  assert.equal([...downlinks.slice(0, 2)], DOWNLINKS);
});

test("the transfers of a star end when they should, whichever solver finds the rates", () => {
  runStar("1e3");
  runStar("1e4");
  runStar("1e3", starWorkload("1e3"), "oracle");
});

test("the flows of a hot link end when they should", () => {
  runHot(1000, hotBytes());
});

test.run();
