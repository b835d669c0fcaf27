import { test } from "uvu";
import * as assert from "uvu/assert";
import { aria2, libtorrent, type SwarmClient } from "./client.ts";
import { type Message, Side } from "./connection.ts";
import { Peer } from "./peer.ts";
import { Pieces } from "./pieces.ts";
import { Trader } from "./trader.ts";

/** A leecher with connections to seeds, and what it sends over them. */
function leecher(options: {
  client?: SwarmClient;
  pieces?: number;
  blocks?: number;
  seeds?: number;
}) {
  const { client = libtorrent, pieces: count = 8, blocks = 4, seeds = 1 } = options;
  const pieces = new Pieces(count * blocks * 16_384, blocks * 16_384);
  const zero = () => 0;
  const spec = { client, uplink: 0, downlink: 0, delay: 0, at: 0, seeds: 0 };
  const me = new Peer(0, { ...spec, role: "leecher" }, pieces, zero);
  const sides: Side[] = [];
  for (let id = 1; id <= seeds; id++) {
    const seed = new Peer(id, { ...spec, role: "seed" }, pieces, zero);
    sides.push(new Side(sides.length, me, seed, []), new Side(sides.length + 1, seed, me, []));
    me.connections.push(sides.length - 2);
  }
  const posts: (readonly [connection: number, message: Message])[] = [];
  const ready: number[] = [];
  const trader = new Trader(sides, zero, {
    now: () => 0,
    post: (side, message) => posts.push([side.id, message]),
    mayAct: () => true,
    pump: () => {},
    pieceReady: (_, piece) => {
      ready.push(piece);
      me.complete(piece);
    },
    becameInterested: () => {},
    lostInterest: () => {},
  });
  const mine = sides.filter((side) => side.me === me);
  const asked = (side = mine[0]) =>
    posts.flatMap(([id, message]) =>
      id === side.id && message.kind === "request" ? [message.block] : [],
    );
  const meet = (side: Side, has = new Uint8Array(count).fill(1)) => {
    trader.handle(side, { kind: "bitfield", pieces: has });
    trader.handle(side, { kind: "unchoke" });
  };
  return { me, mine, trader, posts, ready, asked, meet };
}

test("tells of interest, and asks for four blocks at first, for one more with each that comes", () => {
  const { mine, posts, asked, meet, trader } = leecher({});
  meet(mine[0]);
  assert.equal(posts[0][1], { kind: "interested" });
  // initial_picker_threshold: the first pieces are any, and a piece is finished first.
  assert.equal(asked(), [0, 1, 2, 3]);
  trader.handle(mine[0], { kind: "block", block: 0 });
  assert.equal(asked(), [0, 1, 2, 3, 4, 5]);
});

test("with four pieces it goes for the rarest", () => {
  const { me, mine, asked, meet } = leecher({ pieces: 8, blocks: 1, seeds: 2 });
  for (const piece of [0, 1, 2, 3]) {
    me.receive(piece);
    me.complete(piece);
  }
  // The other seed, which does not send, lacks piece 6.
  const { 1: other } = mine;
  const has = new Uint8Array(8).fill(1);
  has[6] = 0;
  other.me.availability.fill(1);
  other.me.availability[6] = 0;
  meet(mine[0]);
  assert.is(asked()[0], 6);
});

test("a fast peer is asked for as many pieces in a row as it delivers in 20 s", () => {
  const { me, mine, asked, meet } = leecher({ pieces: 16, blocks: 4 });
  const [side] = mine;
  side.downRate = (3.5 * 65_536) / 20;
  assert.is(side.wholePieces, 3);
  meet(side);
  // The first of the rarest is piece 0, and nothing is before it; four blocks are asked for at once.
  assert.equal(asked(), [0, 1, 2, 3]);
  assert.equal(side.reserved, [4, 5, 6, 7, 8, 9, 10, 11]);
  assert.is(me.untouched, 13);
  side.downRate = 1e9;
  assert.is(side.wholePieces, (8 * 2 ** 20) / 65_536);
});

test("end game: an idle connection asks for one block of another, which is then cancelled", () => {
  const { mine, posts, asked, meet, trader } = leecher({ pieces: 1, blocks: 2, seeds: 2 });
  const [first, second] = mine;
  meet(first);
  assert.equal(asked(first), [0, 1]);
  meet(second);
  assert.is(asked(second).length, 1);
  const [block] = asked(second);
  trader.handle(second, { kind: "block", block });
  const cancels = posts.filter(([, { kind }]) => kind === "cancel");
  assert.equal(cancels, [[first.id, { kind: "cancel", block }]]);
});

test("a cancelled block is owed until it comes or is rejected, and a seed rejects in time only", () => {
  const { mine, posts, asked, meet, trader } = leecher({ pieces: 2, blocks: 2, seeds: 2 });
  const [first, second] = mine;
  meet(first);
  meet(second);
  const [block] = asked(second);
  trader.handle(second, { kind: "block", block });
  assert.equal(first.cancelled, [block]);
  trader.handle(first, { kind: "reject", block });
  assert.equal(first.cancelled, []);
  const seed = new Side(9, first.other, first.me, []);
  seed.choking = false;
  trader.handle(seed, { kind: "request", block });
  trader.handle(seed, { kind: "cancel", block });
  trader.handle(seed, { kind: "cancel", block });
  const rejects = posts.filter(([, { kind }]) => kind === "reject");
  assert.equal(rejects, [[9, { kind: "reject", block }]]);
});

test("end game of aria2: an idle connection asks for all that is missing", () => {
  const { mine, asked, meet } = leecher({ client: aria2, pieces: 1, blocks: 4, seeds: 2 });
  for (const side of mine) meet(side);
  assert.equal(asked(mine[1]).toSorted(), [0, 1, 2, 3]);
});

test("a block that comes twice is counted as redundant", () => {
  const { me, mine, meet, trader, ready } = leecher({ pieces: 1, blocks: 2 });
  meet(mine[0]);
  trader.handle(mine[0], { kind: "block", block: 0 });
  trader.handle(mine[0], { kind: "block", block: 0 });
  assert.is(me.redundant, 16_384);
  assert.equal(ready, []);
  trader.handle(mine[0], { kind: "block", block: 1 });
  assert.equal(ready, [0]);
  assert.is(me.received, 3 * 16_384);
});

test("what a peer that chokes was asked for is asked from others", () => {
  const { mine, asked, meet, trader } = leecher({ pieces: 1, blocks: 4, seeds: 2 });
  const [first, second] = mine;
  meet(first);
  trader.handle(second, { kind: "bitfield", pieces: Uint8Array.of(1) });
  assert.equal(asked(first), [0, 1, 2, 3]);
  trader.handle(first, { kind: "choke" });
  trader.handle(second, { kind: "unchoke" });
  assert.equal(asked(second), [0, 1, 2, 3]);
});

test.run();
