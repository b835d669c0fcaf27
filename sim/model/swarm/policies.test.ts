/** The policy modules of `policies/swarm`, run by the exact swarm. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "../../policies/index.ts";
import { bind } from "../../policies/policy.ts";
import { chunkedTime } from "./bounds.ts";
import { amongPrivate, classic, libtorrent } from "./client.ts";
import type { SwarmPolicies, SwarmSpec } from "./spec.ts";
import { runTiny, type TinySwarm } from "./testing.ts";

const handout = (name: string) => bind(policyNamed(policies.handout, name));
const pieces = (name: string) => bind(policyNamed(policies.pieces, name));
const choking = (name: string) => bind(policyNamed(policies.choking, name));

/** Sends at once to everybody, and asks for little ahead, so that only the policies matter. */
const QUICK = { ...classic, unchokesAtOnce: true, unchokeSlots: 20, connectsFirst: 30 };

const run = (tiny: TinySwarm, own: SwarmPolicies, extras: Partial<SwarmSpec> = {}) =>
  runTiny({ ...tiny, extras: () => ({ ...extras, policies: own }) });

test("sequential pieces: all ask for the same, and the seed has to send it to all", () => {
  const tiny = { size: 2 ** 21, pieceSize: 65_536, leechers: 6, client: QUICK };
  const copies = (name: string) => {
    const { carried, seconds } = run(tiny, { pieces: pieces(name) });
    return { copies: carried[0] / tiny.size, seconds };
  };
  const rarest = copies("rarest-first");
  const first = copies("sequential");
  assert.ok(rarest.copies < 2.5, `${rarest.copies}`);
  assert.ok(first.copies > 5.5, `${first.copies}`);
  assert.ok(first.seconds > 2 * rarest.seconds);
  assert.ok(copies("random").copies < 2.5);
});

test("tit for tat keeps to the slots, and without choking all are served alike", () => {
  const client = { ...libtorrent, unchokeSlots: 2 };
  const tiny = { size: 2 ** 20, pieceSize: 2 ** 20, leechers: 6, client };
  const times = (name: string) => {
    const { peers } = run(tiny, { choking: choking(name) });
    const ends = peers.slice(1).map(({ completedAt }) => completedAt);
    return { first: Math.min(...ends), last: Math.max(...ends) };
  };
  // One piece at 1 MB/s: two at a time are done after 2.1 s and pass it on; six after 6.3 s.
  const two = times("tit-for-tat");
  assert.ok(two.first < 2.2 && two.last > 3 && two.last < 6, `${two.first}, ${two.last}`);
  const all = times("none");
  assert.ok(all.first > 6 && all.last < 6.5, `${all.first}, ${all.last}`);
});

test("tit for tat among private peers, where libtorrent has no limit, serves all", () => {
  const tiny = {
    size: 2 ** 20,
    pieceSize: 2 ** 20,
    leechers: 10,
    client: amongPrivate(libtorrent),
  };
  const { peers } = run(tiny, { choking: choking("tit-for-tat") });
  const ends = peers.slice(1).map(({ completedAt }) => completedAt);
  assert.ok(Math.min(...ends) > 10, ends.join());
});

test("locality: most bytes stay at a site; among random peers half of them do", () => {
  const site = (id: number) => (id % 2 === 0 ? "a" : "b");
  const staying = (name: string) => {
    let [near, all] = [0, 0];
    const tiny: TinySwarm = {
      size: 2 ** 20,
      pieceSize: 32_768,
      leechers: 24,
      client: QUICK,
      changes: (peer, id) => ({ ...peer, site: site(id), at: id * 0.01 }),
    };
    run(
      tiny,
      { handout: handout(name) },
      {
        tracker: { interval: 1800, wanted: 8 },
        onSent: (from, to, bytes) => {
          all += bytes;
          if (site(from) === site(to)) near += bytes;
        },
      },
    );
    return near / all;
  };
  const [local, random] = [staying("locality"), staying("random")];
  assert.ok(random > 0.35 && random < 0.65, `random: ${random}`);
  assert.ok(local > random + 0.1, `locality: ${local}, random: ${random}`);
});

test("completeness: who comes late hears of those that have everything", () => {
  let fromComplete = 0;
  const tiny: TinySwarm = {
    size: 2 ** 18,
    pieceSize: 65_536,
    leechers: 8,
    client: QUICK,
    // The first four are done when the others come; the seed is the server's own.
    changes: (peer, id) => ({ ...peer, at: id <= 4 ? 0 : 20, origin: id === 0 }),
  };
  const { peers } = run(
    tiny,
    { handout: handout("completeness") },
    {
      tracker: { interval: 1800, wanted: 4 },
      onSent: (from, to, bytes) => {
        if (to > 4 && from >= 1 && from <= 4) fromComplete += bytes;
      },
    },
  );
  assert.ok(peers.every((peer) => peer.isComplete));
  // The seed is the fifth best of what each of the late ones hears of at most four.
  assert.ok(fromComplete > 2 * tiny.size, `${fromComplete}`);
});

test("a piece policy sees what the peer has heard, and is asked for pieces that can be asked for", () => {
  const own = pieces("rarest-first");
  let asked = 0;
  const spy: SwarmPolicies["pieces"] = {
    ...own,
    decide: (view, random) => {
      asked++;
      assert.ok(view.openCount <= view.open.length);
      const choice = own.decide(view, random);
      const copies = Array.from(view.availability);
      // At most a copy at each of the five others, and at least the other's own.
      assert.ok(copies.every((count) => count >= 0 && count <= 5));
      if (choice.piece >= 0) assert.is(view.theirs[choice.piece], 1);
      return choice;
    },
  };
  const tiny = { size: 2 ** 20, pieceSize: 65_536, leechers: 5, client: QUICK };
  const { peers } = run(tiny, { pieces: spy });
  assert.ok(peers.every((peer) => peer.isComplete));
  // Once for each piece of each peer at least.
  assert.ok(asked >= 5 * 16, `${asked}`);
});

test("a tracker's policy sees the others that have announced themselves", () => {
  const own = handout("random");
  const views: number[][] = [];
  const spy: SwarmPolicies["handout"] = {
    ...own,
    decide: (view, random) => {
      views.push([view.asking.peer, view.count]);
      assert.ok(view.known.every(({ peer }) => peer !== view.asking.peer));
      return own.decide(view, random);
    },
  };
  const tiny: TinySwarm = {
    size: 65_536,
    pieceSize: 65_536,
    leechers: 2,
    client: QUICK,
    changes: (peer, id) => ({ ...peer, at: id }),
  };
  run(tiny, { handout: spy }, { tracker: { interval: 1800, wanted: 50 } });
  assert.equal(views, [
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});

test("no policies beat the bound for pieces that are passed on whole", () => {
  const swarms = fc.record({
    leechers: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 12 }),
    pieceSize: fc.constantFrom(16_384, 32_768, 65_536),
    pieces: fc.constantFrom("rarest-first", "sequential", "random"),
    choking: fc.constantFrom("tit-for-tat", "none"),
    handout: fc.constantFrom("random", "completeness", "locality"),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(swarms, (swarm) => {
      const { leechers, count, pieceSize, seed } = swarm;
      const size = count * pieceSize;
      const { seconds } = run(
        { size, pieceSize, leechers, client: QUICK, seed },
        {
          pieces: pieces(swarm.pieces),
          choking: choking(swarm.choking),
          handout: handout(swarm.handout),
        },
      );
      assert.ok(Number.isFinite(seconds));
      assert.ok(seconds >= chunkedTime(size, 1e6, leechers, count));
    }),
    { seed: 5, numRuns: 80 },
  );
});

test("rarest first comes near that bound, and sequential pieces do not", () => {
  const size = 2 ** 24;
  const tiny = { size, pieceSize: 16_384, leechers: 8, client: QUICK };
  const bound = chunkedTime(size, 1e6, 8, 1024);
  const near = run(tiny, { pieces: pieces("rarest-first") }).seconds / bound;
  assert.ok(near < 1.2, `rarest first: ${near} of the bound`);
  const far = run(tiny, { pieces: pieces("sequential") }).seconds / bound;
  assert.ok(far > 4, `sequential: ${far} of the bound`);
});

test.run();
