import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SERVER } from "../policies/index.ts";
import { Customers, NO_TRANSFER } from "./customers.ts";

const DAY = 86_400;

/** Customers, and who was forgotten: the numbers, as long as their places tell them. */
function customersOf() {
  const forgotten: [customer: number, at: number][] = [];
  const customers: Customers = new Customers((place, now) =>
    forgotten.push([customers.numberOf(place), now]),
  );
  return { customers, forgotten };
}

test("a customer that is met has a place, and has never been sent anywhere", () => {
  const { customers } = customersOf();
  assert.is(customers.find(77), undefined);
  const place = customers.meet(77, 5);
  assert.is(customers.find(77), place);
  assert.is(customers.numberOf(place), 77);
  assert.is(customers.lastNode[place], SERVER);
  assert.is(customers.lastAt[place], Number.NEGATIVE_INFINITY);
  assert.is(customers.width[place], 1);
  assert.is(customers.transfer[place], NO_TRANSFER);
  assert.is(customers.count, 1);
  assert.is(customers.meet(77, 6), place);
  assert.is.not(customers.meet(78, 6), place);
  assert.is(customers.count, 2);
});

test("it is remembered whom the customer was sent to last, and when", () => {
  const { customers } = customersOf();
  const place = customers.meet(1, 0);
  customers.sent(place, 3, 5);
  customers.sent(place, 4, 6);
  assert.equal([customers.lastNode[place], customers.lastAt[place]], [4, 6]);
});

test("a customer is forgotten when somebody asks more than a day after its last request", () => {
  const { customers, forgotten } = customersOf();
  customers.meet(1, 0);
  customers.meet(2, 10);
  customers.meet(1, 20);
  customers.meet(3, DAY + 10);
  assert.equal(forgotten, []);
  customers.meet(3, DAY + 10.5);
  assert.equal(forgotten, [[2, DAY + 10.5]]);
  assert.is(customers.find(2), undefined);
  assert.is(customers.count, 2);
  customers.meet(3, DAY + 21);
  assert.equal(
    forgotten.map(([customer]) => customer),
    [2, 1],
  );
});

test("who asks after more than a day is a new customer", () => {
  const { customers, forgotten } = customersOf();
  const place = customers.meet(1, 0);
  customers.sent(place, 3, 0);
  customers.width[place] = 4;
  customers.transfer[place] = 5;
  assert.is(customers.meet(1, DAY + 1), place);
  assert.equal(forgotten, [[1, DAY + 1]]);
  assert.is(customers.lastNode[place], SERVER);
  assert.is(customers.lastAt[place], Number.NEGATIVE_INFINITY);
  assert.is(customers.width[place], 1);
  assert.is(customers.transfer[place], NO_TRANSFER);
  assert.is(customers.count, 1);
});

test("places of those that are forgotten are used again", () => {
  const { customers } = customersOf();
  for (const customer of [1, 2, 3]) customers.meet(customer, customer);
  const places = [1, 2].map((customer) => customers.find(customer));
  customers.meet(4, DAY + 2.5); // The first two are forgotten.
  customers.meet(5, DAY + 2.5);
  assert.equal([4, 5].map((customer) => customers.find(customer)).toSorted(), places);
  assert.is(customers.meet(6, DAY + 2.5), 3);
});

test("customers are forgotten in the order of their last requests, wherever they stood", () => {
  for (const again of [1, 2, 3, 4]) {
    const { customers, forgotten } = customersOf();
    for (const customer of [1, 2, 3, 4]) customers.meet(customer, customer);
    customers.meet(again, 5);
    customers.meet(9, 2 * DAY);
    const others = [1, 2, 3, 4].filter((customer) => customer !== again);
    assert.equal(
      forgotten.map(([customer]) => customer),
      [...others, again],
    );
    assert.is(customers.count, 1);
  }
});

test("there is room for any number", () => {
  const { customers } = customersOf();
  for (let n = 0; n < 500; n++) {
    const place = customers.meet(7 * n, n);
    customers.sent(place, n, n / 2);
    customers.width[place] = n + 1;
    customers.transfer[place] = n + 2;
  }
  for (let n = 0; n < 500; n++) {
    const place = customers.find(7 * n) ?? -1;
    assert.is(customers.numberOf(place), 7 * n);
    const { lastNode, lastAt, width, transfer } = customers;
    assert.equal(
      [lastNode, lastAt, width, transfer].map((column) => column[place]),
      [n, n / 2, n + 1, n + 2],
    );
  }
  customers.meet(1, DAY + 250.5);
  assert.is(customers.count, 250);
});

test("any number is saved", () => {
  for (const count of [0, 1, 64, 65, 200]) {
    const here = customersOf().customers;
    for (let customer = 1; customer <= count; customer++) here.meet(customer, customer);
    const there = customersOf().customers;
    there.load(here.save());
    for (const customers of [here, there]) {
      assert.is(customers.count, count);
      assert.is(customers.meet(count + 1, 1000), count);
      assert.is(customers.meet(count + 2, 1000), count + 1);
    }
    same(there.save(), here.save());
  }
});

test("what is saved holds the places that there are, and goes on elsewhere as here", () => {
  const step = fc.record({ customer: fc.nat(99), seconds: fc.oneof(fc.nat(100), fc.nat(DAY)) });
  const steps = fc.array(step, { maxLength: 90, size: "max" });
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const here = customersOf();
      const there = customersOf();
      let now = 0;
      for (const { customer, seconds } of before) {
        now += seconds;
        here.customers.sent(here.customers.meet(customer, now), customer % 7, now);
      }
      const saved = here.customers.save();
      const { order, free, ...columns } = saved;
      for (const column of Object.values(columns))
        assert.is(column.length, order.length + free.length);
      there.customers.load(saved);
      same(there.customers.save(), saved);
      here.forgotten.length = 0;
      for (const { customer, seconds } of after) {
        now += seconds;
        const places = [here, there].map(({ customers }) => customers.meet(customer, now));
        assert.is(places[0], places[1]);
      }
      assert.equal(there.forgotten, here.forgotten);
      same(there.customers.save(), here.customers.save());
    }),
    { numRuns: 50 },
  );
});

test.run();
