import { test } from "uvu";
import * as assert from "uvu/assert";
import { OwedReceipts } from "./owed-receipts.ts";

test("what is owed can be paid as often as it is owed", () => {
  const owed = new OwedReceipts();
  assert.is(owed.pay(1, 2), false);
  for (let times = 0; times < 3; times++) owed.owe(1, 2);
  owed.owe(1, 3);
  assert.is(owed.pay(2, 1), false);
  assert.is(owed.pay(2, 2), false);
  assert.equal(
    [1, 2, 3, 4].map(() => owed.pay(1, 2)),
    [true, true, true, false],
  );
  assert.equal(
    [1, 2].map(() => owed.pay(1, 3)),
    [true, false],
  );
});

test("customers and files are told apart", () => {
  const owed = new OwedReceipts();
  owed.owe(1, 1);
  owed.owe(3, 0);
  for (const [customer, file] of [
    [0, 1],
    [1, 0],
    [2, 0],
    [0, 3],
    [1, 2],
    [0, 4_194_303],
    [2, 4_194_303],
  ]) {
    assert.is(owed.pay(customer, file), false, `${customer} ${file}`);
  }
  assert.is(owed.pay(3, 0), true);
  owed.owe(4_194_304, 0);
  assert.is(owed.pay(0, 1), false);
  const all = new OwedReceipts();
  for (let customer = 0; customer < 30; customer++) all.owe(customer, customer % 5);
  for (let customer = 0; customer < 30; customer++) {
    assert.is(all.pay(customer, (customer + 1) % 5), false);
    assert.is(all.pay(customer, customer % 5), true);
  }
});

test("what is owed is forgotten at the second report", () => {
  const owed = new OwedReceipts();
  owed.owe(1, 2);
  owed.age();
  owed.owe(1, 2);
  assert.equal(
    [1, 2, 3].map(() => owed.pay(1, 2)),
    [true, true, false],
  );
  owed.owe(1, 2);
  owed.age();
  owed.age();
  assert.is(owed.pay(1, 2), false);
});

test("the oldest is paid first", () => {
  const owed = new OwedReceipts();
  owed.owe(1, 2);
  owed.age();
  owed.owe(1, 2);
  owed.pay(1, 2);
  owed.age();
  assert.is(owed.pay(1, 2), true);
});

test("what is saved is owed elsewhere, each for as long as here", () => {
  const here = new OwedReceipts();
  here.owe(1, 2);
  here.age();
  here.owe(3, 4);
  const there = new OwedReceipts();
  there.owe(5, 6);
  there.load(here.save());
  assert.is(there.pay(5, 6), false);
  assert.is(there.pay(1, 2), true);
  assert.is(here.pay(1, 2), true); // They share nothing.
  there.age();
  assert.is(there.pay(3, 4), true);
});

test.run();
