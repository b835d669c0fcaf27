import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Catalogue } from "./catalogue.ts";

test("a file is known by its size and its release, from its adding to its removal", () => {
  const catalogue = new Catalogue();
  assert.is(catalogue.count, 0);
  assert.is(catalogue.has(3), false);
  catalogue.add(3, 500, 7);
  catalogue.add(1, 40, Number.NEGATIVE_INFINITY);
  assert.is(catalogue.count, 4); // One more than the greatest number.
  assert.equal(
    [0, 1, 2, 3, 4, 1000].map((file) => catalogue.has(file)),
    [false, true, false, true, false, false],
  );
  assert.equal([catalogue.sizeOf(3), catalogue.releasedAt(3)], [500, 7]);
  assert.equal([catalogue.sizeOf(1), catalogue.releasedAt(1)], [40, Number.NEGATIVE_INFINITY]);
  catalogue.change(3, 600);
  assert.equal([catalogue.sizeOf(3), catalogue.releasedAt(3)], [600, 7]);
  catalogue.remove(3);
  assert.is(catalogue.has(3), false);
  assert.is(catalogue.count, 4); // The number is not used again.
  assert.is(catalogue.sizeOf(3), 600); // Until nobody is to hold it any more.
});

test("there is room for any number of files", () => {
  const catalogue = new Catalogue();
  for (let file = 0; file < 500; file++) catalogue.add(file, file, 2 * file);
  for (let file = 0; file < 500; file++) {
    assert.equal([catalogue.sizeOf(file), catalogue.releasedAt(file)], [file, 2 * file]);
    assert.is(catalogue.has(file), true);
  }
});

test("room that is reserved is no file, and takes 9 bytes for each", () => {
  const catalogue = new Catalogue();
  assert.is(catalogue.bytes, 64 * 9);
  catalogue.reserve(0);
  catalogue.reserve(64);
  assert.is(catalogue.bytes, 64 * 9);
  catalogue.reserve(1000);
  assert.is(catalogue.bytes, 1000 * 9);
  assert.is(catalogue.count, 0);
  assert.is(catalogue.has(5), false);
});

test("what is saved depends on the files and not on the room, and goes on elsewhere", () => {
  const here = new Catalogue();
  here.reserve(1000);
  const there = new Catalogue();
  there.add(70, 1, 1);
  there.load(here.save());
  assert.equal([there.count, there.has(70)], [0, false]);
  for (let file = 0; file < 100; file++) here.add(file, file, -file);
  here.remove(50);
  same(
    Object.values(here.save()).map(({ length }) => length),
    [100, 100, 100],
  );
  there.load(here.save());
  same(there.save(), here.save());
  for (const catalogue of [here, there]) {
    catalogue.add(100, 5, 6);
    assert.is(catalogue.has(50), false);
  }
  same(there.save(), here.save());
});

test.run();
