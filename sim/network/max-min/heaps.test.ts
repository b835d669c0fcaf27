import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { NONE } from "../link-table.ts";
import { BundleIndex } from "./bundle-index.ts";
import { Heaps } from "./heaps.ts";

const ITEMS = 30;

const changes = fc.array(
  fc.record({
    heap: fc.nat(2),
    item: fc.nat(ITEMS - 1),
    key: fc.nat(5),
    what: fc.constantFrom("insert", "insert", "remove", "move"),
  }),
  { maxLength: 200 },
);

test("each heap names its least item, by key and then by order, after every change", () => {
  fc.assert(
    fc.property(changes, (steps) => {
      const heaps = new Heaps();
      const first = [NONE, NONE, NONE];
      const model = [0, 1, 2].map(() => new Map<number, number>());
      // Later items come first among equal keys.
      for (let item = 0; item < ITEMS; item++) heaps.setOrder(item, -item);
      for (const { heap, item, key, what } of steps) {
        const holder = model.findIndex((items) => items.has(item));
        if (what === "insert" && holder < 0) {
          first[heap] = heaps.insert(first[heap], item, key);
          model[heap].set(item, key);
        } else if (what === "remove" && holder >= 0) {
          first[holder] = heaps.remove(first[holder], item);
          model[holder].delete(item);
        } else if (what === "move" && holder >= 0) {
          first[holder] = heaps.move(first[holder], item, key);
          model[holder].set(item, key);
        }
        for (const at of model.keys()) {
          const sorted = [...model[at]].sort(([a, x], [b, y]) => x - y || b - a);
          assert.is(first[at], sorted[0]?.[0] ?? NONE);
          assert.equal(
            itemsOf(heaps, first[at]),
            [...model[at].keys()].sort((a, b) => a - b),
          );
        }
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

function itemsOf(heaps: Heaps, first: number): number[] {
  const items: number[] = [];
  for (let item = first; item !== NONE; item = heaps.after(item)) items.push(item);
  return items.sort((a, b) => a - b);
}

test("the index finds what was put in and not taken out, however full it has been", () => {
  const pair = fc.tuple(fc.nat(20), fc.nat(20));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 600 }), (pairs) => {
      const index = new BundleIndex();
      const model = new Map<string, number>();
      for (const [at, [holder, across]] of pairs.entries()) {
        const name = `${holder} ${across}`;
        assert.is(index.find(holder, across), model.get(name) ?? NONE);
        if (model.delete(name)) index.remove(holder, across);
        else {
          index.add(at, holder, across);
          model.set(name, at);
        }
      }
      for (let holder = 0; holder <= 20; holder++) {
        for (let across = 0; across <= 20; across++) {
          const expected = model.get(`${holder} ${across}`) ?? NONE;
          assert.is(index.find(holder, across), expected);
        }
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});

test.run();
