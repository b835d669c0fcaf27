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
      // ceil(factor · share · all transfers), by which 1/8 of the uplink may have 1/8 of them.
      const total = all.reduce((sum, { transfers }) => sum + transfers, 0);
      assert.ok(all[to].transfers <= Math.ceil((factor * total * all[to].uplink) / 8e6));
    }
  }
});

test("the file's owner has the place on the ring that follows the file's", () => {
  const points = 3;
  const { decide } = bind(boundedLoad, { factor: 10, points });
  const all = volunteers();
  for (let file = 0; file < 100; file++) {
    const start = unitHash(file, 0);
    const ring = all.flatMap(({ node }) =>
      [1, 2, 3].map((point) => ({ node, place: unitHash(node, point) })),
    );
    ring.sort((a, b) => a.place - b.place);
    const owner = ring.find(({ place }) => place >= start) ?? ring[0]; // Else round to the first.
    assert.is(decide(dispatchView(all, { file }), replay([])).to, owner.node);
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
