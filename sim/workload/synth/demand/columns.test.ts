import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RequestColumns, RequestTally } from "./columns.ts";

const WINDOW = 3000;

test("requests come out by time in milliseconds, those beyond the window left out", () => {
  const times = fc.array(fc.double({ min: 0, max: WINDOW + 100, noNaN: true }));
  fc.assert(
    fc.property(times, (given) => {
      const tally = new RequestTally(WINDOW);
      for (const [row, time] of given.entries()) tally.add(time, 1, row, 2 * row);
      const columns = new RequestColumns(tally);
      for (const [row, time] of given.entries()) columns.add(time, 1, row, 2 * row, 200, 0);
      const sorted = columns.sorted();

      const instants = given.map((time) => Math.floor(time * 1000));
      const expected = [...given.keys()]
        .filter((row) => instants[row] < WINDOW * 1000)
        .sort((a, b) => instants[a] - instants[b] || a - b);
      assert.is(sorted.requests, expected.length);
      assert.equal([...sorted.file], expected);
      assert.equal(
        [...sorted.time],
        expected.map((row) => instants[row] / 1000),
      );
      assert.equal(
        [...sorted.bytes],
        expected.map((row) => 2 * row),
      );
      assert.is(tally.bytes, 2 * expected.reduce((sum, row) => sum + row, 0));
    }),
  );
});

test("visits keep their requests, and are numbered by the first of them", () => {
  // The second bucket's requests come first; visit 8 has only one, beyond the window.
  const given = [
    [700, 5],
    [2, 9],
    [WINDOW, 8],
    [701, 9],
    [1, 5],
    [3, 4],
  ];
  const tally = new RequestTally(WINDOW);
  for (const [time] of given) tally.add(time, 1, 0, 1);
  const columns = new RequestColumns(tally);
  for (const [time, visit] of given) columns.add(time, 1, 0, 1, 200, visit);
  const { time, visit } = columns.sorted();
  assert.equal([...time], [1, 2, 3, 700, 701]);
  assert.equal([...visit], [0, 1, 2, 0, 1]);
});

test("other requests than those tallied are a fault of ours", () => {
  const tally = new RequestTally(WINDOW);
  tally.add(1, 0, 0, 1);
  assert.throws(() => new RequestColumns(tally).sorted(), "those that were tallied");
});

test.run();
