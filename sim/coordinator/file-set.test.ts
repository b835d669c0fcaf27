import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ALL_FILES, type FileSet, forEachFile, membership, NO_FILES } from "./file-set.ts";

/** What of the first `files` files is in the set, by both ways to ask. */
function filesOf(set: FileSet, files: number): number[] {
  const told: number[] = [];
  forEachFile(set, files, (file) => told.push(file));
  const isIn = membership(set);
  const asked = Array.from({ length: files }, (_, file) => file).filter(isIn);
  assert.equal(asked, told);
  return told;
}

test("all files are all there is and will be, and none are none", () => {
  assert.equal(filesOf(ALL_FILES, 4), [0, 1, 2, 3]);
  assert.is(membership(ALL_FILES)(1e9), true);
  assert.equal(filesOf(NO_FILES, 4), []);
});

test("a set may be all below a number, but for some", () => {
  assert.equal(filesOf({ below: 3, except: [] }, 10), [0, 1, 2]);
  assert.equal(filesOf({ below: 5, except: [1, 3, 7] }, 10), [0, 2, 4]);
  assert.equal(filesOf({ below: 5, except: [1] }, 3), [0, 2]);
  assert.is(membership({ below: 5, except: [1] })(5), false);
  assert.is(membership({ below: 5, except: [] })(5), false);
});

test("a set may be a bit for each file, the first in the lowest bit of the first word", () => {
  const bitmap = Uint32Array.of(0b1001, 0, 2 ** 31 + 1);
  assert.equal(filesOf({ bitmap }, 200), [0, 3, 64, 95]);
  assert.equal(filesOf({ bitmap }, 95), [0, 3, 64]);
  assert.equal(filesOf({ bitmap }, 64), [0, 3]);
  assert.is(membership({ bitmap })(96), false);
  assert.is(membership({ bitmap: new Uint32Array(0) })(0), false);
});

test("both ways to tell a set tell the same", () => {
  const files = fc.uniqueArray(fc.nat(99));
  fc.assert(
    fc.property(files, fc.nat(100), (except, below) => {
      const bitmap = new Uint32Array(4);
      for (let file = 0; file < below; file++) {
        if (!except.includes(file)) bitmap[file >> 5] |= 1 << (file & 31);
      }
      assert.equal(filesOf({ bitmap }, 100), filesOf({ below, except }, 100));
    }),
  );
});

test.run();
