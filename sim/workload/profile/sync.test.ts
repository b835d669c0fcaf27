import { test } from "uvu";
import * as assert from "uvu/assert";
import type { SyncTrace } from "../trace/trace.ts";
import { profileSync } from "./sync.ts";
import { nameList } from "./testing.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Rows of time, node and duration, each of 2 files and 100 bytes. */
function trace(rows: readonly (readonly [number, number, number])[], days = 3): SyncTrace {
  return {
    kind: "sync",
    syncs: rows.length,
    time: Float64Array.from(rows, ([time]) => time),
    node: Uint32Array.from(rows, ([, node]) => node),
    files: new Uint32Array(rows.length).fill(2),
    bytes: new Float64Array(rows.length).fill(100),
    duration: Float64Array.from(rows, ([, , duration]) => duration),
    nodes: nameList(["traced", "other"]),
    window: days * DAY,
    epoch: null,
  };
}

test("hours a day are those of the traced node, the first", () => {
  const profile = profileSync(
    trace([
      [HOUR, 0, HOUR],
      [2 * HOUR, 1, 5 * HOUR],
      [10 * HOUR, 0, HOUR],
      [DAY, 0, 3 * HOUR],
      [2 * DAY, 0, HOUR],
    ]),
  );
  assert.equal(profile.hoursPerDay, { mean: 2, max: 3, min: 1 });
  assert.equal(profile.hours, [2, 3, 1]);
  assert.equal([profile.nodes, profile.syncs, profile.files, profile.bytes], [2, 5, 10, 500]);
  assert.equal(profile.perNode[1], {
    ...{ node: "other", syncs: 1, files: 2, bytes: 100 },
    ...{ mean: 5 / 3, max: 5, min: 0 },
  });
});

test("a synchronisation over midnight counts where its time goes, up to the window's end", () => {
  const { hours } = profileSync(
    trace([
      [23 * HOUR, 0, 26 * HOUR],
      [3 * DAY - HOUR, 0, 10 * HOUR],
    ]),
  );
  assert.equal(hours, [1, 24, 2]);
});

test("without nodes there are no hours", () => {
  assert.is(profileSync({ ...trace([]), nodes: nameList([]) }).hoursPerDay, null);
});

test.run();
