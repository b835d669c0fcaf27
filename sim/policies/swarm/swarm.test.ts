import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, type Random } from "../policy.ts";
import { evenly, replay, stream } from "../testing.ts";
import { completeness } from "./completeness.ts";
import type { SwarmPeer } from "./handout.ts";
import { locality } from "./locality.ts";
import { noChoking } from "./no-choking.ts";
import { NO_PIECE } from "./pieces.ts";
import { randomPeers } from "./random-peers.ts";
import { randomPiece } from "./random-piece.ts";
import { rarestFirst } from "./rarest-first.ts";
import { sequential } from "./sequential.ts";
import { titForTat } from "./tit-for-tat.ts";

const peer = (peer: number, facts: Partial<SwarmPeer> = {}): SwarmPeer => ({
  ...{ peer, complete: false, origin: false, site: "" },
  ...facts,
});

test("random: each peer is told of as often as any other, and in any place", () => {
  const known = [0, 1, 2, 3].map((number) => peer(number));
  const view = { asking: peer(9), known, count: 4, wanted: 2 };
  const random = stream(1);
  const firsts = [0, 0, 0, 0];
  for (let trial = 0; trial < 40_000; trial++) {
    firsts[bind(randomPeers).decide(view, random).peers[0]]++;
  }
  // 10000 each; a binomial's standard deviation is 87.
  for (const times of firsts) assert.ok(Math.abs(times - 10_000) < 4 * 87, `${firsts}`);
});

test("completeness: complete peers, then the server, then the others", () => {
  const known = [peer(0), peer(1, { origin: true, complete: true }), peer(2, { complete: true })];
  const view = { asking: peer(9), known, count: 3, wanted: 3 };
  assert.equal(bind(completeness).decide(view, evenly()).peers, [2, 1, 0]);
});

test("completeness: who is not in the sample is not told of, but the server always is", () => {
  const known = [...[0, 1, 2, 3].map((number) => peer(number)), peer(4, { origin: true })];
  const view = { asking: peer(9), known, count: 5, wanted: 5 };
  const { decide } = bind(completeness, { sample: 2 });
  const random = stream(4);
  const times = [0, 0, 0, 0, 0];
  for (let trial = 0; trial < 10_000; trial++) {
    const { peers } = decide(view, random);
    assert.equal([peers.length, peers[0]], [3, 4]);
    for (const i of peers) times[i]++;
  }
  // Two of four each time; a binomial's standard deviation is 50.
  for (const time of times.slice(0, 4)) assert.ok(Math.abs(time - 5000) < 4 * 50, `${times}`);
  assert.is(decide({ ...view, wanted: 1 }, evenly()).peers.length, 1);
});

test("locality: peers of the site first, with a quarter of the places for any", () => {
  const known = [0, 1, 2, 3, 4, 5].map((number) => peer(number, { site: number < 4 ? "a" : "b" }));
  const view = { asking: peer(9, { site: "a" }), known, count: 6, wanted: 4 };
  const told = bind(locality).decide(view, evenly()).peers;
  assert.equal([told.length, told.filter((i) => i < 4).length], [4, 3]);
});

test("locality without places for others starves a site that comes late", () => {
  // Kraken's issue 244: the first group is complete and the origin's connections are taken; a late
  // group of 60 asks, 50 at a time are told of. With none from elsewhere, it hears only of its own,
  // who have nothing; with a quarter from elsewhere it hears of complete peers at once.
  const first = Array.from({ length: 60 }, (_, i) => peer(i, { site: "first", complete: true }));
  const late = Array.from({ length: 60 }, (_, i) => peer(60 + i, { site: "late" }));
  const known = [...first, ...late];
  const view = { asking: peer(120, { site: "late" }), known, count: 120, wanted: 50 };
  const complete = (others: number) =>
    bind(locality, { others })
      .decide(view, evenly())
      .peers.filter((i) => known[i].complete).length;
  assert.equal([complete(0), complete(0.25)], [0, 13]);
  // By completeness it hears of those first that are complete among 50 of the 120, wherever they are.
  const told = bind(completeness)
    .decide(view, evenly())
    .peers.map((i) => known[i].complete);
  assert.is(told.lastIndexOf(true), told.filter(Boolean).length - 1);
  assert.ok(told.includes(true));
});

const view = {
  open: [4, 2, 0, 3],
  openCount: 3, // Not piece 3.
  theirs: [1, 1, 1, 1, 0],
  availability: [5, 1, 3, 1, 1],
};

test("pieces: the rarest, the first, or any that the other has", () => {
  assert.is(bind(rarestFirst).decide(view, replay([])).piece, 2);
  assert.is(bind(sequential).decide(view, replay([])).piece, 0);
  assert.is(bind(randomPiece).decide(view, replay([0.49])).piece, 0);
  assert.is(bind(randomPiece).decide(view, replay([0.51])).piece, 2);
  const nothing = { ...view, theirs: [0, 0, 0, 0, 0] };
  for (const policy of [rarestFirst, sequential, randomPiece]) {
    assert.is(bind(policy).decide(nothing, replay([])).piece, NO_PIECE);
  }
});

test("Kraken's own random selector is not uniform; ours is", () => {
  // It keeps the first l, and the k-th replaces a kept one where a draw below k, counted without
  // itself, is below l. Of n = 10 and l = 3, each of the first three survives with Π (1 − 1/k) for
  // k = 3 … 9, which is 2/9 = 0.22, and each later one is kept with 3/9 = 0.33 in the end.
  const kept = (n: number, l: number, random: Random) => {
    const reservoir = Array.from({ length: l }, (_, i) => i);
    for (let k = l; k < n; k++) {
      const place = Math.floor(random() * k);
      if (place < l) reservoir[place] = k;
    }
    return reservoir;
  };
  const random = stream(1);
  const times = Array.from({ length: 10 }, () => 0);
  for (let trial = 0; trial < 30_000; trial++) for (const i of kept(10, 3, random)) times[i]++;
  for (const [i, count] of times.entries()) {
    assert.ok(Math.abs(count / 30_000 - (i < 3 ? 2 / 9 : 3 / 9)) < 0.012, `${times}`);
  }
  for (let trial = 0; trial < 100; trial++) assert.ok(kept(4, 3, random).includes(3));

  const ours = Array.from({ length: 10 }, () => 0);
  const pieces = ours.map((_, i) => i);
  const all = { open: pieces, openCount: 10, theirs: ours.map(() => 1), availability: ours };
  const frozen = { ...all, availability: pieces };
  for (let trial = 0; trial < 30_000; trial++)
    ours[bind(randomPiece).decide(frozen, random).piece]++;
  for (const count of ours) assert.ok(Math.abs(count / 30_000 - 0.1) < 0.007, `${ours}`);
});

test("tit for tat: those that gave most, and one of the others", () => {
  const peers = [10, 40, 20, 30, 0].map((bytes, connection) => ({
    ...{ connection, bytes, unchoked: false },
  }));
  const { decide } = bind(titForTat);
  // Two of three slots are earned; of the three others the first is tried below 1/3.
  assert.equal(decide({ peers, slots: 3 }, replay([0.3])).unchoke, [1, 3, 2]);
  assert.equal(decide({ peers, slots: 3 }, replay([0.4, 0.4])).unchoke, [1, 3, 0]);
  assert.equal(decide({ peers, slots: 3 }, replay([0.4, 0.6])).unchoke, [1, 3, 4]);
  assert.equal(bind(titForTat, { optimistic: 0 }).decide({ peers, slots: 2 }, replay([])).unchoke, [
    ...[1, 3],
  ]);
  assert.equal(bind(noChoking).decide({ peers, slots: 1 }, replay([])).unchoke, [0, 1, 2, 3, 4]);
});

test.run();
