import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import type { TransfersRecipe } from "../recipe.ts";
import { Downloads } from "./downloads.ts";
import type { RequestSink } from "./sink.ts";

const SIZE = 1_000_000;
const TRANSFERS: TransfersRecipe = {
  rate: 1000,
  gap: 1,
  failures: 0,
  breaks: 2000,
  pause: 60,
  resumed: 0.7,
  restarted: 0.2,
};

interface Row {
  readonly time: number;
  readonly bytes: number;
  readonly status: number;
  readonly visit: number;
}

/** The requests of each of many downloads. */
function downloads(change: Partial<TransfersRecipe>, count = 2000): Row[][] {
  const random = streams(1)("test/downloads");
  let rows: Row[] = [];
  const sink = {
    add(...[time, , , bytes, status, visit]: Parameters<RequestSink["add"]>) {
      rows.push({ time, bytes, status, visit });
    },
  };
  const made = new Downloads(Float64Array.of(SIZE), { ...TRANSFERS, ...change }, random, sink);
  return Array.from({ length: count }, (_, visit) => {
    rows = [];
    const end = made.fetch(100, 0, 0, visit);
    const last = rows[rows.length - 1];
    assert.ok(end >= last.time + last.bytes / 1000);
    return rows;
  });
}

test("a download of 1000 s outlasts breaks every 2000 s in exp(-1/2) of all cases", () => {
  const whole = downloads({}).filter(([first]) => first.bytes === SIZE).length / 2000;
  assert.ok(Math.abs(whole - Math.exp(-0.5)) < 0.04, `${whole}`);
});

test("a resumed download asks for the rest by a range, and all parts make up the file", () => {
  for (const rows of downloads({ resumed: 1, restarted: 0 })) {
    assert.is(rows[0].status, 200);
    assert.ok(rows.slice(1).every(({ status }) => status === 206));
    assert.is(
      rows.reduce((sum, { bytes }) => sum + bytes, 0),
      SIZE,
    );
  }
});

test("a restarted download asks for the whole file until it has it", () => {
  for (const rows of downloads({ resumed: 0, restarted: 1 })) {
    assert.ok(rows.every(({ status }) => status === 200));
    assert.ok(rows.slice(0, -1).every(({ bytes }) => bytes < SIZE));
    assert.is(rows[rows.length - 1].bytes, SIZE);
  }
});

test("who gives up asks once", () => {
  const rows = downloads({ resumed: 0, restarted: 0 });
  assert.ok(rows.every(({ length }) => length === 1));
});

test("a connection that never holds is given up after twenty attempts", () => {
  const rows = downloads({ resumed: 0, restarted: 1, breaks: 1e-6 }, 10);
  assert.ok(rows.every(({ length }) => length === 20));
});

test("what goes on with a download or begins it again is part of its visit", () => {
  const all = downloads({ breaks: 500 }, 100);
  assert.ok(all.some(({ length }) => length > 2));
  for (const [number, rows] of all.entries()) {
    assert.ok(rows.every(({ visit }) => visit === number));
  }
});

test("small downloads fail as often as the recipe says", () => {
  const failed = downloads({ failures: 0.1, breaks: 1e12 }).filter(
    ([first]) => first.bytes < SIZE,
  ).length;
  assert.ok(Math.abs(failed / 2000 - 0.1) < 0.03, `${failed}`);
});

test.run();
