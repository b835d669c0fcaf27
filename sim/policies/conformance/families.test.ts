/** What every policy of the other families owes its hosts, and a planted fault for each promise. */
import fc from "fast-check";
import { suite } from "uvu";
import {
  type Choking,
  type ChokingView,
  type ChunkSize,
  type ChunkSizeView,
  type Eviction,
  type EvictionView,
  families,
  type Handout,
  type HandoutView,
  NO_PIECE,
  type PieceChoice,
  type PieceView,
  policies,
  policyNamed,
  type Replication,
  type ReplicationPolicy,
  type ReplicationView,
  SERVER,
  SWARM,
  type Sync,
  type SyncView,
  type TrustEvent,
  type TrustPolicy,
  type TrustView,
} from "../index.ts";
import type { Policy } from "../policy.ts";
import type { Rules } from "../rules.ts";
import { atEveryLimit, deepFreeze, evenly } from "../testing.ts";
import { areDistinct, type Checks, claim, commonChecks, conforms, failing } from "./testing.ts";

const CONFIG = { seed: 1, numRuns: 1000 } as const;

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }));
const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const moment = fc.oneof(fc.constant(-Infinity), fc.double({ min: -1e6, max: 0, noNaN: true }));

const PROMISES = {
  replication: "copies to distinct volunteers with room among those that count",
  eviction: "deletes distinct copies among those that count",
  chunkSize: "cuts every file into whole bytes, at most the file",
  sync: "begins now or later, at a positive rate, from another machine",
  handout: "tells of distinct peers that it knows, no more than are wanted",
  pieces: "asks for an open piece that the other has, if there is one",
  choking: "sends to distinct connections, to no more than there are slots or to all",
  trust: "lets a volunteer serve whose copies are verified and of which only good is known",
} as const;

const replication = family<ReplicationView, Replication>(
  families.replication,
  fc
    .record({
      volunteers: fc.array(
        fc.record({
          free: fc.oneof(amount, fc.constant(Infinity)),
          volatile: fc.boolean(),
          availability: ratio,
          given: amount,
        }),
      ),
      beyond: fc.nat(3),
      size: amount,
      age: fc.oneof(amount, fc.double({ min: 0, max: 2e5, noNaN: true }), fc.constant(Infinity)),
      file: fc.nat(),
      subtree: fc.nat(9),
      demand: fc.record({
        files: fc.integer({ min: 1000, max: 1e6 }),
        rank: fc.nat(999),
        share: ratio,
        rootSum: fc.double({ min: 1, max: 1000, noNaN: true }),
        misses: fc.nat(1000),
      }),
    })
    .map(({ volunteers, beyond, size, ...rest }) => ({
      ...{ ...rest, size: size + 1, count: Math.max(volunteers.length - beyond, 0) },
      volunteers: volunteers.map((facts, node) => ({ node, ...facts })),
    })),
  PROMISES.replication,
  (view, { copyTo }) =>
    areDistinct(copyTo, view.count) && copyTo.every((i) => view.volunteers[i].free >= view.size),
);

const eviction = family<EvictionView, Eviction>(
  families.eviction,
  fc.array(fc.record({ size: amount, since: moment, idle: ratio })).map((all) => ({
    ...{ now: 0, disk: 1e12, count: Math.max(all.length - 1, 0) },
    held: all.map(({ size, since, idle }, file) => {
      const usedAt = since === -Infinity ? since : since * idle;
      return { file, size, since, usedAt };
    }),
  })),
  PROMISES.eviction,
  ({ count }, { evict }) => areDistinct(evict, count),
);

const chunkSize = family<ChunkSizeView, ChunkSize>(
  families.chunkSize,
  fc.record(
    {
      size: fc.oneof(fc.integer({ min: 1, max: 2 ** 18 }), fc.integer({ min: 1, max: 2 ** 45 })),
      changes: fc.nat(100_000),
      peers: fc.nat(1000),
      rtt: ratio,
      rate: amount,
    },
    { requiredKeys: ["size"] },
  ),
  PROMISES.chunkSize,
  ({ size }, { chunkSize }) => Number.isInteger(chunkSize) && 1 <= chunkSize && chunkSize <= size,
);

const sync = family<SyncView, Sync>(
  families.sync,
  fc.record({
    node: fc.nat(100),
    now: fc.constant(0),
    timeOfDay: fc.double({ min: 0, max: 86_399, noNaN: true }),
    lastSync: moment,
    pendingFiles: fc.nat(3),
    pendingBytes: amount,
    releasedAt: moment,
    capacity: fc.double({ min: 1, max: 1e9, noNaN: true }),
    delivering: amount,
  }),
  PROMISES.sync,
  ({ node, now }, { at, rate, from }) =>
    at >= now && rate > 0 && Number.isInteger(from) && from >= SWARM && from !== node,
);

const swarmPeer = { complete: fc.boolean(), origin: fc.boolean(), site: fc.constantFrom("", "a") };

const handout = family<HandoutView, Handout>(
  families.handout,
  fc
    .tuple(fc.array(fc.record(swarmPeer)), fc.nat(3), fc.nat(20), fc.record(swarmPeer))
    .map(([all, beyond, wanted, asking]) => ({
      ...{ wanted, asking: { peer: -1, ...asking }, count: Math.max(all.length - beyond, 0) },
      known: all.map((facts, peer) => ({ peer, ...facts })),
    })),
  PROMISES.handout,
  ({ count, wanted }, { peers }) => areDistinct(peers, count) && peers.length <= wanted,
);

const pieces = family<PieceView, PieceChoice>(
  families.pieces,
  fc
    .tuple(fc.uniqueArray(fc.nat(9)), fc.nat(3), fc.array(fc.nat(1), exactly(10)), counts(10))
    .map(([open, beyond, theirs, availability]) => ({
      ...{ open, theirs, availability },
      openCount: Math.max(open.length - beyond, 0),
    })),
  PROMISES.pieces,
  ({ open, openCount, theirs }, { piece }) => {
    const choices = Array.from(open)
      .slice(0, openCount)
      .filter((candidate) => theirs[candidate] === 1);
    return choices.length === 0 ? piece === NO_PIECE : choices.includes(piece);
  },
);

const choking = family<ChokingView, Choking>(
  families.choking,
  fc
    .tuple(fc.array(fc.record({ bytes: amount, unchoked: fc.boolean() })), fc.nat(8))
    .map(([all, slots]) => ({
      ...{ slots, peers: all.map((facts, connection) => ({ connection, ...facts })) },
    })),
  PROMISES.choking,
  ({ peers, slots }, { unchoke }) =>
    areDistinct(unchoke, peers.length) &&
    (unchoke.length <= slots || unchoke.length === peers.length),
);

const trustView: fc.Arbitrary<TrustView> = fc.record({
  now: fc.constant(0),
  belief: fc.constantFrom("verified", "listed", "stale", "partial"),
});
const trustEvent: fc.Arbitrary<TrustEvent> = fc.record({
  kind: fc.constantFrom("audit", "report"),
  passed: fc.boolean(),
  at: fc.double({ min: -1e6, max: 0, noNaN: true }),
});
const trustPasts = deepFreeze(fc.sample(fc.array(trustEvent), CONFIG));
const trust: Checks<TrustPolicy> = {
  ...commonChecks({ rules: families.trust, views: sampled(trustView), pasts: trustPasts }),

  [PROMISES.trust]: (policy) => {
    for (const { decide, observe } of atEveryLimit(policy)) {
      for (const past of trustPasts) {
        for (const event of past) observe({ ...event, passed: true });
        const { serve, audit } = decide({ now: 0, belief: "verified" }, evenly());
        claim(serve && typeof audit === "boolean", "refuses the honest");
      }
    }
  },
};

const unions = ["new-releases+rendezvous", "subtree+popularity-ranked+availability-target"].map(
  (name) => policyNamed<ReplicationPolicy>(policies.replication, name),
);

conforms(suite, "replication", [...policies.replication, ...unions], replication);
conforms(suite, "eviction", policies.eviction, eviction);
conforms(suite, "chunk size", policies.chunkSize, chunkSize);
conforms(suite, "sync", policies.sync, sync);
conforms(suite, "handout", policies.handout, handout);
conforms(suite, "pieces", policies.pieces, pieces);
conforms(suite, "choking", policies.choking, choking);
conforms(suite, "trust", policies.trust, trust);

const it = suite("families");

it("params of replication policies have names of their own, so that unions can take both", () => {
  const names = policies.replication.flatMap(({ params }) => Object.keys(params));
  claim(new Set(names).size === names.length, names.join());
});

it("a fault planted in each family is found by the family's promise", () => {
  const reason = "test";
  const all = { copyTo: [0, 1, 2, 3, 4, 5], reason };
  finds(policies.replication[0], replication, PROMISES.replication, () => all);
  finds(policies.eviction[0], eviction, PROMISES.eviction, ({ held }) => ({
    ...{ evict: held.map(({ file }) => file), reason },
  }));
  finds(policies.chunkSize[0], chunkSize, PROMISES.chunkSize, () => ({ chunkSize: 700, reason }));
  finds(policies.sync[0], sync, PROMISES.sync, ({ now }) => ({
    ...{ at: now - 1, rate: 1, from: SERVER, reason },
  }));
  finds(policies.handout[0], handout, PROMISES.handout, ({ count }) => ({
    ...{ peers: Array.from({ length: count }, (_, i) => i), reason },
  }));
  finds(policies.pieces[0], pieces, PROMISES.pieces, ({ open }) => ({ piece: open[0], reason }));
  finds(policies.choking[0], choking, PROMISES.choking, ({ peers }) => ({
    ...{ unchoke: peers.slice(1).map(({ connection }) => connection), reason },
  }));
  finds(policies.trust[0], trust, PROMISES.trust, () => ({ serve: false, audit: false, reason }));
});

it.run();

/** Samples the views of a family, and checks what all policies promise and what this one does. */
function family<View, Decision extends { readonly reason: string }>(
  rules: Rules<View, Decision, never>,
  views: fc.Arbitrary<View>,
  promise: string,
  isKept: (view: View, decision: Decision) => boolean,
): Checks<Policy<View, Decision>> {
  const samples = sampled(views);
  return {
    ...commonChecks({ rules, views: samples, pasts: samples.map(() => []) }),
    [promise]: (policy) => {
      for (const { decide } of atEveryLimit(policy)) {
        const random = evenly();
        for (const view of samples) claim(isKept(view, decide(view, random)), promise);
      }
    },
  };
}

function sampled<View>(views: fc.Arbitrary<View>): readonly View[] {
  return deepFreeze(fc.sample(views, CONFIG));
}

/** What the family's rules forbid, its promise does too, and often more. */
const BY_RULE = "decides by its family's rules when they are checked";

/** Claims that `checks` find the fault of deciding so by this promise, and by no other. */
function finds<View, Decision, Event>(
  policy: Policy<View, Decision, Event>,
  checks: Checks<Policy<View, Decision, Event>>,
  promise: string,
  decide: (view: View) => Decision,
): void {
  const found = failing({ ...policy, decide }, checks).filter((check) => check !== BY_RULE);
  claim(found.join() === promise, `${policy.name}: ${found.join() || "nothing"}`);
}

function exactly(length: number) {
  return { minLength: length, maxLength: length };
}

function counts(length: number) {
  return fc.array(fc.nat(5), exactly(length));
}
