import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { chunkedTime, peerToPeerTime } from "./bounds.ts";
import { amongPrivate, aria2, classic, libtorrent, transmission } from "./client.ts";
import { runTiny } from "./testing.ts";

const swarms = fc.record({
  size: fc.integer({ min: 1, max: 600_000 }),
  pieceSize: fc.constantFrom(16_384, 32_768, 65_536, 262_144),
  leechers: fc.integer({ min: 1, max: 12 }),
  delay: fc.constantFrom(0, 0.01),
  client: fc.constantFrom(libtorrent, amongPrivate(libtorrent), classic, aria2, transmission),
  seed: fc.nat(1000),
});

test("every peer gets every byte, once or counted as redundant, and links hold", () => {
  fc.assert(
    fc.property(swarms, (tiny) => {
      const { seconds, peers, carried } = runTiny(tiny);
      assert.ok(Number.isFinite(seconds));
      const leechers = peers.slice(1);
      for (const peer of leechers) {
        assert.ok(peer.isComplete);
        assert.is(peer.received - peer.redundant, tiny.size);
      }
      const received = leechers.reduce((sum, peer) => sum + peer.received, 0);
      const sent = peers.reduce((sum, peer) => sum + peer.sent, 0);
      // What has left and not arrived when the last peer completes is at most a block a connection.
      assert.ok(sent >= received);
      for (const [i, bytes] of carried.entries()) {
        assert.ok(bytes >= peers[i].sent && bytes <= seconds * 1e6 + 1);
      }
    }),
    { seed: 4, numRuns: 60 },
  );
});

test("whoever comes and goes, all that stay get everything in the end", () => {
  const moves = fc.array(
    fc.record({ peer: fc.integer({ min: 1, max: 4 }), at: fc.integer({ min: 1, max: 400 }) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(swarms, moves, (tiny, changes) => {
      const { peers, seconds } = runTiny({
        ...tiny,
        leechers: 5,
        prepare: (swarm, engine) => {
          const leave = engine.kind("test.leave", (id) => swarm.leave(id));
          const back = engine.kind("test.back", (id) => swarm.join(id));
          for (const { peer, at } of changes) {
            engine.at(at / 20, leave, peer);
            engine.at(at / 20 + 0.4, back, peer);
          }
        },
      });
      assert.ok(Number.isFinite(seconds));
      for (const peer of peers.slice(1)) assert.is(peer.haveCount, peer.pieces.count);
    }),
    { seed: 6, numRuns: 80 },
  );
});

test("a run depends on its seed and on nothing else", () => {
  const tiny = { size: 500_000, pieceSize: 32_768, leechers: 6 };
  assert.is(runTiny(tiny).fingerprint, runTiny(tiny).fingerprint);
  assert.is.not(runTiny(tiny).fingerprint, runTiny({ ...tiny, seed: 2 }).fingerprint);
});

test("no swarm beats the bound for pieces that are passed on whole, nor the fluid bound", () => {
  for (const leechers of [1, 2, 5, 8, 16]) {
    for (const pieceSize of [16_384, 65_536, 262_144]) {
      const size = 1_048_576;
      const { seconds } = runTiny({ size, pieceSize, leechers });
      assert.ok(seconds >= chunkedTime(size, 1e6, leechers, size / pieceSize));
      assert.ok(seconds >= peerToPeerTime(size, 1e6, new Array(leechers).fill(1e6), 1e9));
    }
  }
});

test("with short request queues and many pieces a swarm comes near the bound", () => {
  const size = 16_777_216;
  const { seconds } = runTiny({
    size,
    pieceSize: 16_384,
    leechers: 8,
    client: { ...classic, unchokesAtOnce: true, unchokeSlots: 9, connectInterval: 0.01 },
  });
  const bound = chunkedTime(size, 1e6, 8, 1024);
  assert.ok(seconds < 1.25 * bound, `${seconds / bound} of the bound`);
});

test("larger pieces are slower, since a piece is passed on whole", () => {
  const seconds = [65_536, 262_144, 1_048_576].map(
    (pieceSize) => runTiny({ size: 4_194_304, pieceSize, leechers: 8 }).seconds,
  );
  assert.ok(seconds[0] < seconds[1] && seconds[1] < seconds[2], seconds.join());
});

test("one piece for one leecher takes the time of its bytes and of four round trips", () => {
  const { seconds } = runTiny({ size: 16_384, pieceSize: 16_384, leechers: 1, delay: 0.01 });
  // Tracker: two round trips of 40 ms, and it connects at once. Then 40 ms a round trip between the two (two
  // delays of 10 ms each way): TCP, handshake; half for the list of pieces, one for interest and
  // unchoke, one for request and block, in which the block and small messages take 16.5 ms.
  const ways = 0.08 + 0.08 + 0.02 + 0.04 + 0.04;
  assert.ok(Math.abs(seconds - ways - 0.0165) < 0.0005, `${seconds}`);
});

test("a leecher that goes and comes back keeps its complete pieces", () => {
  const { seconds, peers } = runTiny({
    size: 1_048_576,
    pieceSize: 65_536,
    leechers: 3,
    prepare: (swarm, engine) => {
      const leave = engine.kind("test.leave", () => swarm.leave(1));
      const back = engine.kind("test.back", () => swarm.join(1));
      engine.at(1.5, leave, 0);
      engine.at(10, back, 0);
    },
  });
  assert.ok(seconds > 10 && Number.isFinite(seconds));
  const [, away, other] = peers;
  assert.ok(other.completedAt < 10);
  // It lost what it had of unfinished pieces, and no more.
  const lost = away.received - away.redundant - 1_048_576;
  assert.ok(lost >= 0 && lost < 1_048_576 / 2, `lost ${lost}`);
});

test("a late joiner is served by those that stay, and not if they do not", () => {
  const run = (seeds: number) =>
    runTiny({
      size: 1_048_576,
      pieceSize: 65_536,
      leechers: 4,
      changes: (peer, id) => ({ ...peer, at: id === 4 ? 20 : 0, seeds: id === 0 ? 1e9 : seeds }),
    });
  const staying = run(Number.POSITIVE_INFINITY);
  const leaving = run(0);
  assert.ok(staying.seconds < leaving.seconds);
  // Alone with the seed, the file takes 1.05 s of its link.
  assert.ok(leaving.seconds > 21 && staying.seconds < 20.8);
});

test("a server that is a web seed gives what the swarm lacks", () => {
  const { seconds, peers } = runTiny({
    size: 500_000,
    pieceSize: 65_536,
    leechers: 2,
    changes: (peer, id) => (id === 0 ? { ...peer, role: "web" } : peer),
  });
  assert.ok(Number.isFinite(seconds));
  assert.ok(peers[0].sent >= 500_000);
});

test("a web seed chokes nobody, however many ask", () => {
  const { peers } = runTiny({
    size: 65_536,
    pieceSize: 65_536,
    leechers: 12,
    client: { ...libtorrent, unchokeSlots: 1 },
    changes: (peer, id) => (id === 0 ? { ...peer, role: "web" } : peer),
  });
  // One piece at 1 MB/s: all twelve copies at the same time, since none is done before.
  const ends = peers.slice(1).map(({ completedAt }) => completedAt);
  assert.ok(Math.max(...ends) - Math.min(...ends) < 0.05, ends.join());
});

test("a peer asks the tracker again after its interval, and hears of those that have come", () => {
  const passive = { ...libtorrent, connectsFirst: 0, connectsAtOnce: 0 };
  const end = (interval: number) =>
    runTiny({
      size: 65_536,
      pieceSize: 65_536,
      leechers: 1,
      changes: (peer, id) => (id === 0 ? { ...peer, at: 10, client: passive } : peer),
      extras: () => ({ tracker: { interval, wanted: 50 } }),
    }).seconds;
  // It connects at the next tick of 0.1 s, and the file takes 0.07 s.
  for (const interval of [15, 40]) {
    assert.ok(Math.abs(end(interval) - interval - 0.17) < 0.01, `${end(interval)}`);
  }
});

test("a peer that comes back soon keeps one set of timers", () => {
  const events = (returns: number) => {
    let fired = 0;
    runTiny({
      size: 65_536,
      pieceSize: 65_536,
      leechers: 1,
      changes: (peer, id) => ({ ...peer, at: id === 0 ? 100 : 0 }),
      prepare: (swarm, engine) => {
        const leave = engine.kind("test.leave", () => swarm.leave(1));
        const back = engine.kind("test.back", () => swarm.join(1));
        for (let i = 0; i < returns; i++) {
          engine.at(0.1 + i / 100, leave, 0);
          engine.at(0.105 + i / 100, back, 0);
        }
        const count = engine.kind("test.count", () => {
          fired = engine.fired;
        });
        engine.at(90, count, 0);
      },
    });
    return fired - 2 * returns;
  };
  assert.ok(events(20) < events(1) + 50, `${events(20)}, ${events(1)}`);
});

test("a seed with fewer slots than leechers serves as many as it has slots", () => {
  const client = { ...libtorrent, unchokeSlots: 2 };
  const { peers, seconds } = runTiny({ size: 300_000, pieceSize: 300_000, leechers: 6, client });
  assert.ok(Number.isFinite(seconds));
  const times = peers.slice(1).map(({ completedAt }) => completedAt);
  assert.ok(Math.max(...times) > 1.5 * Math.min(...times), times.join());
});

test("a peer that loses its only source stays unfinished: the fault is seen", () => {
  const { seconds, peers } = runTiny({
    size: 1_048_576,
    pieceSize: 65_536,
    leechers: 2,
    prepare: (swarm, engine) => {
      const leave = engine.kind("test.leave", () => {
        swarm.leave(0);
        swarm.stop();
      });
      engine.at(0.5, leave, 0);
    },
  });
  assert.is(seconds, Number.POSITIVE_INFINITY);
  assert.ok(peers.slice(1).some((peer) => !peer.isComplete));
});

test("all bytes of the flows are told of, also of those that were dropped", () => {
  const sent = new Map<number, number>();
  const { carried } = runTiny({
    size: 300_000,
    pieceSize: 65_536,
    leechers: 4,
    extras: () => ({
      onSent: (from, to, bytes) => {
        assert.is.not(from, to);
        sent.set(from, (sent.get(from) ?? 0) + bytes);
      },
    }),
    prepare: (swarm, engine) => {
      const leave = engine.kind("test.leave", () => swarm.leave(2));
      const back = engine.kind("test.back", () => swarm.join(2));
      engine.at(0.5, leave, 0);
      engine.at(0.7, back, 0);
    },
  });
  for (const [id, bytes] of carried.entries()) {
    assert.ok(Math.abs((sent.get(id) ?? 0) - bytes) < 1, `${id}: ${sent.get(id)} of ${bytes}`);
  }
});

test("blocks take the path they are given, at the weight and priority of the swarm", () => {
  const { seconds } = runTiny({
    size: 1_000_000,
    pieceSize: 65_536,
    leechers: 1,
    extras: (own) => {
      const middle = own.addLink(4e5);
      // Another that never ends, of weight 3, leaves a swarm of weight 1 a quarter of the link.
      const purpose = own.purpose(() => {});
      const path = [middle];
      own.start({ path, bytes: 1e12, weight: 3, cap: 1e9, purpose, owner: 0, priority: 2 });
      return { path: () => [middle], weight: 1, priority: 2 };
    },
  });
  assert.ok(seconds > 10 && seconds < 10.5, `${seconds}`);
});

test("a peer's order of pieces is drawn by its name, and by its number where it has none", () => {
  const orders = (names: readonly (string | undefined)[]) =>
    runTiny({
      ...{ size: 400_000, pieceSize: 16_384, leechers: 3 },
      changes: (peer, id) => (names[id] === undefined ? peer : { ...peer, name: names[id] }),
    }).peers.map(({ order }) => [...order]);
  const [seed, a, b, none] = orders([undefined, "a", "b"]);
  assert.equal(orders([undefined, "b", "a"]), [seed, b, a, none]);
  assert.is(new Set([seed, a, b, none].map(String)).size, 4);
});

test.run();
