/** What the programs do differently, seen from outside. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { amongPrivate, aria2, libtorrent, type SwarmClient, transmission } from "./client.ts";
import { runTiny, type TinySwarm } from "./testing.ts";

/** Bytes by sender. */
function sentBy(tiny: TinySwarm): { seconds: number; sent: number[] } {
  const { seconds, peers } = runTiny(tiny);
  return { seconds, sent: peers.map((peer) => peer.sent) };
}

test("libtorrent sends to all peers of private addresses, and to eight of others", () => {
  const served = (client: SwarmClient) => {
    const to = new Set<number>();
    runTiny({
      ...{ size: 2 ** 20, pieceSize: 2 ** 20, leechers: 12, client },
      extras: () => ({
        onSent: (from, peer) => {
          if (from === 0) to.add(peer);
        },
      }),
      // Before the first piece is complete, and before anybody loses a slot.
      prepare: (swarm, engine) => {
        engine.at(
          5,
          engine.kind("test.stop", () => swarm.stop()),
          0,
        );
      },
    });
    return to.size;
  };
  assert.is(served(libtorrent), 8);
  assert.is(served(amongPrivate(libtorrent)), 12);
  assert.is(amongPrivate(aria2).unchokeSlots, 4);
});

test("transmission: a swarm that is done in ten seconds is served by its seed alone", () => {
  const tiny = { size: 2 ** 20, pieceSize: 16_384, leechers: 6, client: transmission };
  const { seconds, sent } = sentBy(tiny);
  // Interest is told at 10.1 s, two seconds later it leaves, and then six copies take 6.3 s.
  assert.ok(seconds > 18 && seconds < 19.5, `${seconds}`);
  assert.is(sent[0], 6 * tiny.size);
  assert.equal(new Set(sent.slice(1)), new Set([0]));
});

test("transmission: in a longer one the leechers help, once they have told what they have", () => {
  const tiny = { size: 2 ** 24, pieceSize: 65_536, leechers: 6, client: transmission };
  const { seconds, sent } = sentBy(tiny);
  assert.ok(sent[0] < 4 * tiny.size, `${sent[0] / tiny.size}`);
  assert.ok(seconds < 80, `${seconds}`);
});

test("aria2: what is found out on one connection waits a second on the others", () => {
  const tiny = { size: 2 ** 20, pieceSize: 65_536, leechers: 6, client: aria2 };
  const atOnce = { ...aria2, batching: null };
  const { seconds } = sentBy(tiny);
  const without = sentBy({ ...tiny, client: atOnce }).seconds;
  assert.ok(seconds > without + 0.2, `${seconds}, ${without}`);
});

test("a piece is passed on when it is checked, which takes the time of its bytes", () => {
  const tiny = { size: 2 ** 18, pieceSize: 2 ** 18, leechers: 1 };
  const quick = runTiny(tiny).seconds;
  const slow = runTiny({ ...tiny, client: { ...libtorrent, hashRate: 2 ** 17 } }).seconds;
  const expected = 2 - 2 ** 18 / libtorrent.hashRate;
  assert.ok(Math.abs(slow - quick - expected) < 1e-9, `${slow - quick}`);
});

test("small pieces cost more messages: HAVE to each neighbour, and a request for each block", () => {
  const overhead = (pieceSize: number) => {
    const { peers, carried } = runTiny({ size: 2 ** 20, pieceSize, leechers: 6 });
    const all = carried.reduce((sum, bytes) => sum + bytes, 0);
    const blocks = peers.reduce((sum, peer) => sum + peer.sent, 0);
    return { share: (all - blocks) / blocks, blocks };
  };
  const [small, large] = [overhead(16_384), overhead(262_144)];
  assert.ok(small.share > large.share);
  // 66 bytes of ACK for two segments are 2.2 %; request and header 30 in 16,384 are 0.2 %.
  assert.ok(large.share > 0.022 && large.share < 0.035, `${large.share}`);
});

test("a seed goes when it has seeded long enough, and others go on without it", () => {
  const { seconds, peers } = runTiny({
    size: 2 ** 20,
    pieceSize: 65_536,
    leechers: 3,
    changes: (peer, id) => ({ ...peer, at: id === 3 ? 30 : 0, seeds: id === 1 ? 10 : 1e9 }),
  });
  assert.ok(Number.isFinite(seconds));
  assert.is(peers[1].online, false);
  assert.is(peers[2].online, true);
});

test.run();
