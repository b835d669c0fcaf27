import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Actions } from "./actions.ts";
import { Probing } from "./probing.ts";

/** Probing of so many volunteers that have registered at time 0, and who is to be probed. */
function probingOf(count: number, interval: number) {
  const actions = new Actions();
  const probing = new Probing(interval, actions);
  for (let volunteer = 0; volunteer < count; volunteer++) probing.register(volunteer, 0);
  const tick = (now: number): number[] => {
    probing.tick(now);
    const volunteers: number[] = [];
    actions.take((kind, volunteer) => {
      assert.is(kind, "probe");
      volunteers.push(volunteer);
    });
    return volunteers;
  };
  return { probing, actions, tick };
}

/** When the volunteer is probed first, as a share of the interval. */
const phase = (volunteer: number) => ((volunteer + 0.5) * ((Math.sqrt(5) - 1) / 2)) % 1;

test("without an interval nobody is ever probed", () => {
  const { probing, tick } = probingOf(3, Number.POSITIVE_INFINITY);
  assert.is(probing.next, Number.POSITIVE_INFINITY);
  assert.equal(tick(1e9), []);
});

test("first probes are spread over the interval by the golden ratio: 0.309, 0.927, 0.545 and so on", () => {
  const { probing, tick } = probingOf(3, 100);
  assert.is(probing.next, 100 * phase(0));
  assert.equal(tick(30.9), []);
  assert.equal(tick(30.91), [0]);
  assert.is(probing.next, 100 * phase(2));
  assert.equal(tick(92.7), [2]);
  assert.equal(tick(92.71), [1]);
  const shares = Array.from({ length: 100 }, (_, volunteer) => phase(volunteer)).toSorted();
  for (const [rank, share] of shares.entries()) assert.ok(Math.abs(share - rank / 100) < 0.03);
});

test("a volunteer is probed at intervals from then on, once for all that were missed", () => {
  const { probing, tick } = probingOf(1, 100);
  const first = 100 * phase(0);
  assert.equal(tick(first), [0]);
  assert.is(probing.next, first + 100);
  assert.equal(tick(first + 99), []);
  const twice = probingOf(1, 100);
  twice.tick(first);
  twice.tick(first + 100 + 100); // The third is due just then, too.
  assert.is(twice.probing.next, first + 100 + 100 + 100);
  assert.equal(tick(first + 350), [0]);
  assert.is(probing.next, first + 100 + 100 + 100 + 100);
  assert.equal(tick(first + 399), []);
  assert.equal(tick(first + 400), [0]);
  assert.is(probing.next, first + 500);
});

test("several that are due are probed in the order of their numbers", () => {
  const { tick } = probingOf(5, 100);
  assert.equal(tick(100), [0, 1, 2, 3, 4]);
});

test("who registers later begins later, and who registers anew goes on", () => {
  const { probing, tick } = probingOf(1, 100);
  probing.register(1, 40);
  probing.register(0, 40);
  assert.equal(tick(31), [0]);
  assert.is(probing.next, 100 + 100 * phase(0));
  assert.equal(tick(100 + 100 * phase(0)), [0]);
  assert.is(probing.next, 40 + 100 * phase(1));
});

test("what is saved goes on elsewhere as here", () => {
  const here = probingOf(4, 100);
  here.tick(60);
  const there = probingOf(4, 100);
  there.probing.load(here.probing.save());
  assert.is(there.probing.next, here.probing.next);
  same(there.probing.save(), here.probing.save());
  for (const now of [70, 95, 140, 220]) assert.equal(there.tick(now), here.tick(now));
  const none = probingOf(0, 100);
  none.probing.load(none.probing.save());
  assert.is(none.probing.next, Number.POSITIVE_INFINITY);
});

test.run();
