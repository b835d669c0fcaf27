import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { snapshotOf, stateOf } from "../snapshot/snapshot.ts";
import { hashOf } from "./murmur.ts";
import { Numbering, type SavedNames } from "./numbering.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

const name = fc.oneof(fc.nat(3000).map(String), fc.string({ unit: "binary" }));

test("names are numbered from 0 as they appear, whatever their number, and kept when it is saved", () => {
  const oracle = new Map<string, number>();
  let names = new Numbering();
  for (const [turn, each] of fc.sample(name, { seed: 2008, numRuns: 5000 }).entries()) {
    const utf8 = Buffer.from(each, "utf8").toString("utf8");
    assert.is(names.find(each), oracle.get(utf8) ?? -1);
    if (!oracle.has(utf8)) oracle.set(utf8, oracle.size);
    assert.is(names.numberOf(each), oracle.get(utf8));
    if (turn % 1000 !== 999) continue;
    const saved = stateOf(snapshotOf(names.save()));
    names = new Numbering();
    names.load(saved as SavedNames);
  }
  assert.is(names.length, oracle.size);
  for (const [each, number] of oracle) {
    assert.is(names.at(number), each);
    assert.is(names.find(each), number);
  }
});

test("room that is made changes nothing", () => {
  const [small, roomy] = [new Numbering(), new Numbering()];
  roomy.reserve(5000, 100_000);
  const { bytes } = roomy;
  for (let i = 0; i < 5000; i++)
    assert.is(roomy.numberOf(`name ${i}`), small.numberOf(`name ${i}`));
  assert.is(roomy.bytes, bytes);
  assert.equal(roomy.save(), small.save());
  assert.is(small.find("name 5000"), -1);
});

test("a name is a piece of bytes", () => {
  const names = new Numbering();
  const bytes = Buffer.from("abcabc");
  assert.is(names.number(bytes, 0, 3), 0);
  assert.is(names.number(bytes, 3, 6), 0);
  assert.is(names.number(bytes, 0, 2), 1);
  assert.is(names.number(bytes, 6, 6), 2);
  assert.equal([names.at(0), names.at(1), names.at(2)], ["abc", "ab", ""]);
});

test("a name that was never numbered is not found", () => {
  const names = new Numbering();
  assert.is(names.find("a"), -1);
  names.numberOf("b");
  assert.is(names.find("a"), -1);
  assert.is(names.length, 1);
});

test("names that the hash cannot tell apart are told by their bytes", () => {
  const byHash = new Map<number, string[]>();
  for (let i = 0; i < 300_000; i++) {
    // Two words that differ, and a rest that does not, but for its length.
    const text = `${1e7 + i}.${i % 2 === 0 ? "gz" : "tgz"}`;
    const bytes = Buffer.from(text);
    const hash = hashOf(
      new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
      0,
      bytes.length,
    );
    byHash.set(hash, [...(byHash.get(hash) ?? []), text]);
  }
  const alike = [...byHash.values()].filter((all) => all.length > 1);
  // Of n names, n²/2³³ pairs have the same hash in the mean: ten.
  assert.ok(alike.length > 3, `${alike.length} pairs`);
  const names = new Numbering();
  for (const [one, other] of alike) {
    const number = names.numberOf(one);
    assert.is(names.find(other), -1);
    assert.is(names.numberOf(other), number + 1);
    assert.is(names.numberOf(one), number);
    assert.is(names.find(other), number + 1);
  }
});

test("it tells what it takes", () => {
  const names = new Numbering();
  assert.is(names.bytes, 4096 + 4 * 257 + 4 * 512);
  names.reserve(1000, 10_000); // 2048 slots are the first that are not three quarters full.
  assert.is(names.bytes, 10_000 + 4 * 1002 + 4 * 2048);
});

test("long names find room", () => {
  const names = new Numbering();
  const long = Array.from({ length: 20 }, (_, number) => `${number}`.repeat(10_000));
  for (const each of long) names.numberOf(each);
  assert.equal(
    long.map((_, number) => names.at(number)),
    long,
  );
});

test("UTF-8 is that of the engine, for every text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    fc
      .array(fc.integer({ min: 0xd7f0, max: 0xe010 }))
      .map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(text, (each) => {
      const bytes = new Uint8Array(3 * each.length);
      const encoded = bytes.subarray(0, encodeUtf8(each, bytes));
      assert.equal(encoded, new TextEncoder().encode(each));
    }),
    { numRuns: 1000 },
  );
});

test("what is no UTF-8 is replaced as the engine does it", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const lead = fc.constantFrom(0x41, 0xc1, 0xc3, 0xe0, 0xe2, 0xed, 0xf0, 0xf1, 0xf4, 0xf5, 0xff);
  const rest = fc.constantFrom(0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf);
  fc.assert(
    fc.property(fc.array(fc.oneof(lead, rest, rest)), (all) => {
      const bytes = Uint8Array.from(all);
      assert.is(decodeUtf8(bytes), decoder.decode(bytes));
    }),
    { numRuns: 5000 },
  );
});

test.run();
