import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  IDENTICAL,
  isolatedChanges,
  matchedShare,
  similarityFrom,
  UNRELATED,
} from "./similarity.ts";

const near = (actual: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("isolated changes spoil a block each: the share is exp(-QL/n)", () => {
  const similarity = isolatedChanges(1e6, 24);
  near(matchedShare(similarity, 1000), Math.exp(-0.024));
  near(1 - matchedShare(similarity, 1), 24e-6, 1e-9);
});

test("the law passes through both shares it is made from", () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      const [large, small] = a < b ? [a, b] : [b, a];
      const law = similarityFrom(
        { block: 1024, share: small },
        { block: 16_384, share: large },
        1e8,
      );
      near(matchedShare(law, 1024), small, 1e-9);
      near(matchedShare(law, 16_384), large, 1e-9);
      assert.ok(matchedShare(law, 4096) <= small && matchedShare(law, 4096) >= large);
    }),
    { seed: 4 },
  );
});

test("what is found at any block length is one long run", () => {
  const law = similarityFrom({ block: 1024, share: 0.78 }, { block: 16_384, share: 0.78 }, 1e5);
  assert.is(matchedShare(law, 300), 0.78);
  assert.is(matchedShare(law, 131_072), 0.78);
});

test("nothing found at the larger block counts as half a block", () => {
  const law = similarityFrom({ block: 1024, share: 0.5 }, { block: 16_384, share: 0 }, 163_840);
  near(matchedShare(law, 16_384), 0.05, 1e-9);
});

test("all found at the smaller block counts as half a block less", () => {
  const law = similarityFrom({ block: 1000, share: 1 }, { block: 10_000, share: 0.9 }, 1e6);
  near(matchedShare(law, 1000), 0.9995, 1e-9);
});

test("nothing found is nothing found anywhere", () => {
  const law = similarityFrom({ block: 1024, share: 0 }, { block: 16_384, share: 0 }, 1e6);
  assert.equal(law, UNRELATED);
  assert.is(matchedShare(UNRELATED, 300), 0);
  assert.is(matchedShare(IDENTICAL, 131_072), 1);
});

test.run();
