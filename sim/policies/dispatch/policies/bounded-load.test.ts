import { test } from "uvu";
import * as assert from "uvu/assert";
import { unitHash } from "../../hash.ts";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, evenly, replay, stream } from "../../testing.ts";
import { boundedLoad } from "./bounded-load.ts";

const uplinks = [1e6, 1e6, 2e6, 4e6];
const volunteers = () => uplinks.map((uplink, node) => ({ ...candidate(node, { uplink }) }));

test("nobody ever has more than its bound, as transfers come and go", () => {
  for (const factor of [1, 1.25, 2]) {
    const { decide } = bind(boundedLoad, { factor });
    const all = volunteers();
    const random = stream(1);
    for (let file = 0; file < 5000; file++) {
      const gone = all[Math.floor(random() * all.length)];
      if (random() < 0.5 && gone.transfers > 0) gone.transfers--;
      const { to } = decide(dispatchView(all, { file: file % 50 }), random);
      all[to].transfers++;
      // Its part of the slots, or one more by where it begins; of all, factor · transfers, rounded up.
      const total = all.reduce((sum, { transfers }) => sum + transfers, 0);
      const slots = Math.ceil(factor * total);
      assert.ok(all[to].transfers <= Math.max(Math.ceil((slots * all[to].uplink) / 8e6), 1));
    }
  }
});

test("there is room for every request, however uplinks and transfers are", () => {
  const random = stream(2);
  for (let trial = 0; trial < 5000; trial++) {
    const all = Array.from({ length: 1 + Math.floor(8 * random()) }, (_, node) =>
      candidate(node, { uplink: 1e6 * random(), transfers: Math.floor(9 * random()) }),
    );
    const { decide } = bind(boundedLoad, { factor: 1 + Math.floor(3 * random()) / 4 });
    assert.ok(decide(dispatchView(all, { file: trial }), evenly()).to >= 0);
  }
});

test("the last holder's slots reach the end, however the division rounds", () => {
  const uplink = 868_466.6705892223; // 3 · uplink / uplink is below 3 in floating point.
  const { decide } = bind(boundedLoad, { factor: 1 });
  assert.is(decide(dispatchView([candidate(0, { uplink, transfers: 2 })]), replay([])).to, 0);
});

test("who does not hold the file has neither slots nor places", () => {
  const { decide } = bind(boundedLoad);
  // Seven slots for three alike, 2, 2 and 3, of which the first two are full.
  const stale = candidate(1, { belief: "stale", uplink: 9e6, transfers: 100 });
  const full = (node: number) => candidate(node, { transfers: 2 });
  for (let file = 0; file < 200; file++) {
    const view = dispatchView([full(0), stale, full(2), candidate(3)], { file });
    assert.is(decide(view, replay([])).to, 3);
  }
});

test("the file's owner has the place on the ring that is nearest to the file's, on either side", () => {
  const { decide } = bind(boundedLoad, { factor: 10, points: 3 });
  const all = volunteers();
  for (let file = 0; file < 100; file++) {
    const start = unitHash(file, 0);
    const ring = all.flatMap(({ node }) =>
      [1, 2, 3].map((point) => {
        const apart = Math.abs(unitHash(node, point) - start);
        return { node, apart: Math.min(apart, 1 - apart) };
      }),
    );
    ring.sort((a, b) => a.apart - b.apart);
    assert.is(decide(dispatchView(all, { file }), replay([])).to, ring[0].node);
  }
});

test("where the owner is full, the file goes to the next place after the file's with room", () => {
  const { decide } = bind(boundedLoad, { factor: 1, points: 3 });
  const alike = [0, 1, 2, 3].map((node) => ({ ...candidate(node) }));
  const places = alike.flatMap(({ node }) =>
    [1, 2, 3].map((point) => ({ node, place: unitHash(node, point) })),
  );
  places.sort((a, b) => a.place - b.place);
  for (let file = 0; file < 100; file++) {
    const all = alike.map((volunteer) => ({ ...volunteer }));
    const owner = decide(dispatchView(all, { file }), replay([])).to;
    all[owner].transfers = 7; // Eight slots for four: two each.
    const rest = places.filter(({ node }) => node !== owner);
    const next = rest.find(({ place }) => place >= unitHash(file, 0)) ?? rest[0];
    assert.is(decide(dispatchView(all, { file }), replay([])).to, next.node);
  }
});

test("a file stays with its holder, until that is full; then it has the same next one", () => {
  const { decide } = bind(boundedLoad, { factor: 2 });
  for (let file = 0; file < 100; file++) {
    const all = volunteers();
    const owner = decide(dispatchView(all, { file }), replay([])).to;
    assert.is(decide(dispatchView(all, { file }), replay([])).to, owner);
    all[owner].transfers = 1000; // Of 1001 transfers, times 2: full for shares below 1/2.
    const next = decide(dispatchView(all, { file }), replay([])).to;
    assert.is(next === owner, uplinks[owner] === 4e6);
    assert.is(decide(dispatchView(all, { file }), replay([])).to, next);
  }
});

test("who leaves takes only its own files away", () => {
  const { decide } = bind(boundedLoad, { factor: 10 });
  const all = volunteers();
  const rest = all.slice(1);
  for (let file = 0; file < 100; file++) {
    const before = all[decide(dispatchView(all, { file }), evenly()).to].node;
    const after = rest[decide(dispatchView(rest, { file }), evenly()).to].node;
    assert.ok(before === 0 || after === before);
  }
});

test.run();
