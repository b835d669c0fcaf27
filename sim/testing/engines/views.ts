import { dispatchViews } from "../../bench/dispatch-views.ts";
import type {
  Belief,
  Candidate,
  ChokingView,
  ChunkSizeView,
  DispatchView,
  EvictionView,
  HandoutView,
  PieceView,
  Position,
  Random,
  ReplicationView,
  SyncView,
  TrustView,
} from "../../policies/index.ts";

/** Of each family, and twice as many of dispatch. */
const VIEWS = 200;
const CANDIDATES = 12;

/** Views of whole numbers, which tie, and of numbers with all their bits, which round. */
export function viewsForDispatch(random: Random): DispatchView[] {
  const coarse = dispatchViews(VIEWS, CANDIDATES, random);
  const fine = dispatchViews(VIEWS, CANDIDATES, random).map((view) => ({
    ...view,
    now: 100 * random(),
    client: { ...view.client, position: position(random), demand: random() },
    candidates: view.candidates.map((candidate) => refined(candidate, random)),
  }));
  return [...coarse, ...fine];
}

function refined(candidate: Candidate, random: Random): Candidate {
  return {
    ...candidate,
    uplink: 1e6 * (1 + random()),
    uploadRate: 1e6 * random(),
    pending: 1e7 * random(),
    redirected: 1e7 * random(),
    facts: {
      ...candidate.facts,
      position: position(random),
      weight: 100 * (1 + random()),
      joinedAt: -700 * random(),
      demand: random(),
      latency: {
        samples: 40,
        last: random(),
        mean: random(),
        deviation: random(),
        median: random(),
        at: -700 * random(),
        transfers: below(4, random),
        redirects: below(20, random),
      },
    },
  };
}

function position(random: Random): Position {
  return { latitude: 180 * random() - 90, longitude: 360 * random() - 180 };
}

export function viewsForReplication(random: Random): ReplicationView[] {
  return many((file) => {
    const volunteers = several(random, (node) => ({
      ...{ node, free: 1e10 * random(), volatile: random() < 0.5 },
      ...{ availability: random(), given: 1e10 * random() },
    }));
    const demand = { rank: below(1000, random), share: random() / 100, misses: below(100, random) };
    return {
      ...{ file, volunteers, count: volunteers.length, subtree: below(10, random) },
      ...{ size: 1 + below(1e9, random), age: random() < 0.5 ? 2e5 * random() : Infinity },
      demand: { files: 1000, rootSum: 1 + 30 * random(), ...demand },
    };
  });
}

export function viewsForEviction(random: Random): EvictionView[] {
  return many(() => {
    const held = several(random, (file) => {
      const since = -1e6 * random();
      return { file, size: below(1e9, random), since, usedAt: since * random() };
    });
    return { now: 0, disk: 5e9 * random(), held, count: held.length };
  });
}

export function viewsForChunkSize(random: Random): ChunkSizeView[] {
  return many((index) => {
    const part = random() * random() * random();
    const size = 1 + Math.floor(1e12 * part * part);
    if (index % 2 === 0) return { size };
    const changes = below(1000, random);
    return { size, changes, peers: below(100, random), rtt: random(), rate: 1e8 * random() };
  });
}

export function viewsForSync(random: Random): SyncView[] {
  return many((now) => ({
    ...{ node: below(100, random), now, timeOfDay: 86_400 * random() },
    ...{ lastSync: now - 1e5 * random(), releasedAt: now - 1e5 * random() },
    ...{ pendingFiles: below(4, random), pendingBytes: 1e9 * random() },
    ...{ capacity: 1e7 * random() + 1, delivering: 1e7 * random() },
  }));
}

export function viewsForHandout(random: Random): HandoutView[] {
  const peerAt = (peer: number) => ({
    ...{ peer, complete: random() < 0.3, origin: random() < 0.1 },
    site: random() < 0.5 ? "" : "a",
  });
  return many(() => {
    const known = several(random, peerAt);
    return { asking: peerAt(-1), known, count: known.length, wanted: below(20, random) };
  });
}

export function viewsForPieces(random: Random): PieceView[] {
  return many(() => {
    const pieces = Array.from({ length: 40 }, (_, piece) => piece);
    const open = pieces.filter(() => random() < 0.5);
    return {
      ...{ open, openCount: open.length, theirs: pieces.map(() => below(2, random)) },
      availability: pieces.map(() => below(6, random)),
    };
  });
}

export function viewsForChoking(random: Random): ChokingView[] {
  return many(() => ({
    peers: several(random, (connection) => ({
      ...{ connection, bytes: below(3, random) * 1e6 * random(), unchoked: random() < 0.5 },
    })),
    slots: below(6, random),
  }));
}

const BELIEFS: readonly Belief[] = ["verified", "listed", "stale", "partial"];

export function viewsForTrust(random: Random): TrustView[] {
  return many((index) => ({
    now: 1000 * (index + random()),
    belief: BELIEFS[below(4, random)],
  }));
}

function many<View>(view: (index: number) => View): View[] {
  return Array.from({ length: VIEWS }, (_, index) => view(index));
}

function several<Thing>(random: Random, thing: (index: number) => Thing): Thing[] {
  return Array.from({ length: below(20, random) }, (_, index) => thing(index));
}

function below(limit: number, random: Random): number {
  return Math.floor(limit * random());
}
