import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { NO_TRANSFER } from "../customers.ts";
import { OPEN, OVER, Transfers } from "./transfers.ts";

/** All that the transfers say of one. */
const at = (transfers: Transfers, place: number) => ({
  customer: transfers.customer[place],
  file: transfers.file[place],
  volunteer: transfers.volunteer[place],
  size: transfers.size[place],
  next: transfers.next[place],
  state: transfers.state[place],
  resumed: transfers.resumed[place],
  startedAt: transfers.startedAt[place],
  sharers: transfers.sharers[place],
});

test("a transfer is what it was added as, in flight and never taken up again", () => {
  const transfers = new Transfers();
  const place = transfers.add(1, 2, 3, 400, NO_TRANSFER);
  assert.is(place, 0);
  assert.is(transfers.add(5, 6, 7, 800, place), 1);
  assert.equal(at(transfers, 1), {
    ...{ customer: 5, file: 6, volunteer: 7, size: 800, next: 0, state: OPEN, resumed: 0 },
    ...{ startedAt: 0, sharers: 0 },
  });
  assert.is(transfers.next[0], NO_TRANSFER);
  assert.is(transfers.count, 2);
});

test("places of forgotten transfers are used again, as new ones", () => {
  const transfers = new Transfers();
  for (let customer = 0; customer < 3; customer++) transfers.add(customer, 0, 0, 1, 7);
  transfers.state[1] = OVER;
  transfers.resumed[1] = 9;
  transfers.remove(1);
  assert.is(transfers.next[1], NO_TRANSFER);
  assert.is(transfers.count, 2);
  assert.is(transfers.add(8, 8, 8, 8, 2), 1);
  assert.equal([transfers.state[1], transfers.resumed[1]], [OPEN, 0]);
  assert.is(transfers.add(9, 9, 9, 9, 1), 3);
  assert.is(transfers.count, 4);
});

test("there is room for any number, and what was there before stays", () => {
  const transfers = new Transfers();
  for (let n = 0; n < 500; n++) {
    const place = transfers.add(n, n + 1, n + 2, n + 3, n - 1);
    transfers.startedAt[place] = n / 2;
    transfers.sharers[place] = n / 4;
    transfers.resumed[place] = n % 100;
    transfers.state[place] = n % 3;
  }
  for (let n = 0; n < 500; n++) {
    assert.equal(at(transfers, n), {
      ...{ customer: n, file: n + 1, volunteer: n + 2, size: n + 3, next: n - 1, state: n % 3 },
      ...{ resumed: n % 100, startedAt: n / 2, sharers: n / 4 },
    });
  }
});

test("what is saved holds the transfers that there are, and goes on elsewhere as here", () => {
  for (const count of [0, 1, 3, 64, 65, 200]) {
    const here = new Transfers();
    for (let n = 0; n < count; n++) here.startedAt[here.add(n, n, n, n, n - 1)] = n;
    if (count > 1) here.remove(1);
    const saved = here.save();
    assert.is(saved.state.length, count);
    for (const column of Object.values(saved))
      assert.ok(column.length === count || column === saved.free);
    const there = new Transfers();
    there.load(saved);
    assert.is(there.count, here.count);
    for (let n = 0; n < count; n++) assert.equal(at(there, n), at(here, n));
    for (let n = 0; n < 3; n++) assert.is(there.add(n, 1, 2, 3, 4), here.add(n, 1, 2, 3, 4));
    same(there.save(), here.save());
  }
});

test.run();
