import { test } from "uvu";
import * as assert from "uvu/assert";
import { optimistic, reciprocal, roundRobin, type Wanting } from "./choking.ts";

const peer = (connection: number, facts: Partial<Wanting> = {}): Wanting => ({
  ...{ connection, bytes: 0, unchoked: false, since: Number.NEGATIVE_INFINITY, sent: 0 },
  ...facts,
});

test("those that gave most", () => {
  const peers = [10, 40, 20, 30].map((bytes, i) => peer(i, { bytes }));
  assert.equal(reciprocal(peers, 2), [1, 3]);
  assert.equal(reciprocal(peers, 9), [1, 3, 2, 0]);
});

test("a seed keeps a slot for the quota and a minute, then gives it to who has waited longest", () => {
  const now = 200;
  const short = peer(0, { unchoked: true, since: 150, sent: 60, bytes: 5 });
  const slow = peer(1, { unchoked: true, since: 100, sent: 40, bytes: 3 });
  const done = peer(2, { unchoked: true, since: 100, sent: 60, bytes: 9 });
  const [waiting, longer, never] = [peer(3, { since: 40 }), peer(4, { since: 20 }), peer(5)];
  const all = [waiting, done, longer, slow, never, short];
  assert.equal(roundRobin(50, now)(all, 6), [0, 1, 5, 4, 3, 2]);
});

test("the optimistic slot goes to any of those that were not chosen", () => {
  const peers = [0, 1, 2, 3].map((i) => peer(i));
  const draws = [0, 0.49, 0.51, 0.99];
  const lucky = draws.map((draw) => optimistic(peers, [1, 3], () => draw));
  assert.equal(lucky, [0, 0, 2, 2]);
  assert.is(
    optimistic(peers, [0, 1, 2, 3], () => 0),
    null,
  );
});

test.run();
