import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Asking, leecherRound, seederRound } from "./aria2-choking.ts";

const peer = (connection: number, facts: Partial<Asking> = {}): Asking => ({
  ...{ connection, rate: 0, ago: Number.POSITIVE_INFINITY, waits: false, unchoked: false },
  ...facts,
});
const first = () => 0;

test("a leecher sends to the three fastest that gave lately, and to one that it did not send to", () => {
  const asking = [
    peer(0, { ago: 5, rate: 1, unchoked: true }),
    peer(1, { ago: 5, rate: 4, unchoked: true }),
    peer(2, { ago: 40, rate: 9, unchoked: true }),
    peer(3, { ago: 5, rate: 3, unchoked: true }),
    peer(4, { ago: 5, rate: 2, unchoked: true }),
    peer(5),
    peer(6),
  ];
  assert.equal(leecherRound(asking, { round: 0, optimistic: -1 }, first), {
    ...{ chosen: [1, 3, 4, 5], optimistic: 5 },
  });
  // The optimistic one stays for the two rounds that follow.
  assert.equal(leecherRound(asking, { round: 1, optimistic: 6 }, first).chosen, [1, 3, 4, 6]);
});

test("a leecher to which nobody has given sends to any three, and one of those may be the lucky one", () => {
  const asking = [0, 1, 2, 3, 4].map((i) => peer(i));
  assert.equal(leecherRound(asking, { round: 0, optimistic: -1 }, first), {
    ...{ chosen: [0, 1, 2], optimistic: 0 },
  });
});

test("a seed goes on with those that wait for blocks, then with new ones, then with the fastest", () => {
  const asking = [
    peer(0, { rate: 9 }),
    peer(1, { ago: 3 }),
    peer(2, { ago: 30, waits: true }),
    peer(3, { ago: 60, rate: 5 }),
    peer(4, { ago: 60, rate: 7 }),
  ];
  assert.equal(seederRound(asking, { round: 0, optimistic: -1 }, first), {
    ...{ chosen: [2, 1, 0, 4], optimistic: 4 },
  });
  // Every third round has a fourth place, and the optimistic one stays.
  assert.equal(seederRound(asking, { round: 2, optimistic: 3 }, first).chosen, [2, 1, 0, 4, 3]);
  assert.equal(seederRound([], { round: 0, optimistic: 3 }, first).optimistic, -1);
});

test.run();
