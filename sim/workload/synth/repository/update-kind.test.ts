import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { drawUpdateKind, UPDATE_KINDS } from "./update-kind.ts";

const [rebuild, ordinary, unlike] = UPDATE_KINDS;

test("delta packages would save what yum-presto saved: about a third", () => {
  const literal = UPDATE_KINDS.reduce((sum, kind) => sum + kind.share * kind.literal, 0);
  assert.ok(Math.abs(1 - literal - 0.33) < 0.02, `${1 - literal}`);
});

test("at rsync's own block length of a package of 1 MB the literal share is the kind's", () => {
  for (const { literal, likeness } of [rebuild, ordinary]) {
    assert.is(likeness.block, 1000); // The square root of a million.
    assert.ok(Math.abs(likeness.share + literal - 1) < 1e-9);
  }
  assert.is(unlike.likeness.share, 0);
});

test("the indices are those of the measured pairs", () => {
  // share^((L/block)^index) through two points: index = ln(ln s2 / ln s1) / ln(L2 / L1).
  const index = (l1: number, s1: number, l2: number, s2: number) =>
    Math.log(Math.log(s2) / Math.log(s1)) / Math.log(l2 / l1);
  assert.ok(Math.abs(rebuild.likeness.index - index(300, 0.87, 65_536, 0.75)) < 0.001);
  assert.ok(Math.abs(ordinary.likeness.index - index(1024, 0.55, 65_536, 0.16)) < 0.001);
});

test("kinds come by their shares", () => {
  const random = streams(1)("test/kinds");
  const counts = UPDATE_KINDS.map(() => 0);
  for (let draw = 0; draw < 20_000; draw++) counts[drawUpdateKind(random)]++;
  for (const [kind, { share }] of UPDATE_KINDS.entries()) {
    assert.ok(Math.abs(counts[kind] / 20_000 - share) < 0.015, `${counts}`);
  }
  assert.is(
    drawUpdateKind(() => 1 - 2 ** -32),
    UPDATE_KINDS.length - 1,
  );
});

test.run();
