import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ByteTable } from "./byte-table.ts";

test("names are numbered from 0 as they appear, whatever their number", () => {
  const oracle = new Map<string, number>();
  const table = new ByteTable();
  const name = fc.oneof(fc.nat(3000).map(String), fc.string({ unit: "binary" }));
  for (const each of fc.sample(name, { seed: 2008, numRuns: 5000 })) {
    const utf8 = Buffer.from(each, "utf8").toString("utf8");
    if (!oracle.has(utf8)) oracle.set(utf8, oracle.size);
    assert.is(table.numberOf(each), oracle.get(utf8));
  }
  assert.is(table.length, oracle.size);
  const names = table.names();
  assert.is(names.length, oracle.size);
  for (const [each, number] of oracle) {
    assert.is(table.at(number), each);
    assert.is(names.at(number), each);
    assert.is(table.find(each), number);
  }
});

test("a name is a piece of bytes", () => {
  const table = new ByteTable();
  const bytes = Buffer.from("abcabc");
  assert.is(table.number(bytes, 0, 3), 0);
  assert.is(table.number(bytes, 3, 6), 0);
  assert.is(table.number(bytes, 0, 2), 1);
  assert.is(table.number(bytes, 6, 6), 2);
  assert.equal([table.at(0), table.at(1), table.at(2)], ["abc", "ab", ""]);
});

test("a name that was never numbered is not found", () => {
  const table = new ByteTable();
  assert.is(table.find("a"), -1);
  table.numberOf("b");
  assert.is(table.find("a"), -1);
  assert.is(table.length, 1);
});

test("long names grow the table", () => {
  const table = new ByteTable();
  const names = Array.from({ length: 20 }, (_, number) => `${number}`.repeat(10_000));
  for (const name of names) table.numberOf(name);
  assert.equal(
    names.map((_, number) => table.at(number)),
    names,
  );
});

test.run();
