import { test } from "uvu";
import * as assert from "uvu/assert";
import { worth } from "./prices.ts";
import type { SourceClass } from "./sources.ts";

const server: SourceClass = { rate: 10, capacity: 10, ready: [] };
const volunteers: SourceClass = {
  ...{ rate: 5, capacity: 15 },
  ready: [
    { at: 12, capacity: 5 },
    { at: 16, capacity: 10 },
  ],
};
const peers: SourceClass = { rate: 1, capacity: Number.POSITIVE_INFINITY, ready: [] };
const column = (...prices: number[]) => Float64Array.from(prices);

test("what can be sent is worth its price: by bin, in new files that volunteers have, and of the server's share", () => {
  // Bins of 5 s: from 10 on and from 15 on.
  const prices = {
    ...{ start: 10, width: 5, bins: 2, share: 0.25 },
    any: [column(0, 2), column(1, 0), column(0, 0)],
    fresh: [column(0, 0), column(3, 4), column(0, 0)],
  };
  const server2 = 2 * 10 * 5;
  const volunteers1 = 1 * 15 * 5;
  // Ready: 5 bytes/s for 3 s; then for all 5 s, and 10 bytes/s for 4 s.
  const fresh = 3 * 15 + 4 * (25 + 40);
  const found = worth(prices, [server, volunteers, peers], 1000);
  assert.is(found, server2 + volunteers1 + fresh + 250);
});

test.run();
