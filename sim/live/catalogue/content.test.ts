import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Content } from "./content.ts";
import { FileTable, IS_THERE } from "./file-table.ts";

/** A table to which files are given: contents are few, so that many are alike. */
function made() {
  const table = new FileTable();
  const content = new Content(table);
  const oracle: (string | null)[] = [];
  const put = (file: number, letter: number, size: number) => {
    while (table.count <= file) {
      const name = new TextEncoder().encode(`0000${table.count}`);
      table.paths.add(name, 0, name.length);
    }
    table.sha256.set(file, new Uint8Array(32).fill(letter), 0);
    table.set(file, { flags: IS_THERE, changed: 1, size, seconds: 0, stamp: 0 });
    content.add(file);
    oracle[file] = `${letter} ${size}`;
  };
  const remove = (file: number) => {
    table.set(file, { flags: 0, changed: 1, size: table.size(file), seconds: 0, stamp: 0 });
    oracle[file] = null;
  };
  const expected = (file: number) =>
    oracle[file] === null || oracle[file] === undefined
      ? []
      : [...oracle.keys()].filter((other) => other !== file && oracle[other] === oracle[file]);
  return { content, put, remove, expected };
}

test("the same bytes are found by any way of coming, changing and going", () => {
  const step = fc.record({
    file: fc.nat(12),
    letter: fc.nat(2),
    size: fc.integer({ min: 1, max: 2 }),
    what: fc.constantFrom("put", "put", "remove", "ask"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { content, put, remove, expected } = made();
      let count = 0;
      for (const { file: any, letter, size, what } of steps) {
        const file = Math.min(any, count);
        if (what === "put") {
          put(file, letter, size);
          count = Math.max(count, file + 1);
        } else if (what === "remove" && file < count) remove(file);
        else assert.equal(content.identical(file), expected(file));
      }
      for (let file = 0; file < count; file++) {
        assert.equal(content.identical(file), expected(file));
      }
    }),
    { numRuns: 300 },
  );
});

test("digests that differ in their last byte alone are others", () => {
  const table = new FileTable();
  const content = new Content(table);
  for (let file = 0; file < 2; file++) {
    const name = new TextEncoder().encode(`0000${file}`);
    table.paths.add(name, 0, name.length);
    const digest = new Uint8Array(32);
    digest[31] = file;
    table.sha256.set(file, digest, 0);
    table.set(file, { flags: IS_THERE, changed: 1, size: 1, seconds: 0, stamp: 0 });
  }
  assert.equal(content.identical(0), []);
});

test("many that come after the first question are found, too", () => {
  const { content, put } = made();
  for (let file = 0; file < 10; file++) put(file, file, 1);
  assert.equal(content.identical(3), []);
  // Enough for the buckets to be built again, with files from before and after.
  for (let file = 10; file < 3000; file++) put(file, file % 256, 1);
  assert.equal(
    content.identical(3),
    [259, 515, 771, 1027, 1283, 1539, 1795, 2051, 2307, 2563, 2819],
  );
  put(3000, 3, 1);
  assert.is(content.identical(3).at(-1), 3000);
});

test.run();
