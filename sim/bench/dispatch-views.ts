import {
  type Belief,
  type Candidate,
  type ClientFacts,
  type DispatchView,
  type Random,
  SERVER,
  type VolunteerFacts,
} from "../policies/index.ts";

/**
 * Views with this many candidates, alike enough that ties and rare branches occur in a thousand.
 *
 * Objects of a kind are made by one literal each, as a host's classes would: of one shape, they are
 * read fast. Quantities have fractions, as measured ones do.
 */
export function dispatchViews(views: number, candidates: number, random: Random): DispatchView[] {
  const chance = new Chance(random);
  return Array.from({ length: views }, (_, file) => ({
    now: chance.below(100),
    file,
    size: 1 + chance.below(1e7),
    customer: chance.below(1000),
    client: clientFacts(candidates, chance),
    candidates: Array.from({ length: candidates }, (_, node) => candidate(node, chance)),
    count: candidates,
    server: { uplink: 1e7, sending: 1500 * chance.below(3) },
  }));
}

const BELIEFS: readonly Belief[] = ["verified", "listed", "listed", "listed", "stale", "partial"];

function candidate(node: number, chance: Chance): Candidate {
  return {
    node,
    belief: BELIEFS[chance.below(6)],
    uplink: 1e6 * (1 + chance.below(3)) + 0.5,
    reportedAt: -1.1 * chance.below(2000),
    uploadRate: 1e5 * chance.below(9) + 0.5,
    syncRate: 1.1e5 * chance.below(3),
    left: 1e6 * chance.below(2),
    uploaded: 1e6 * chance.below(9),
    pending: 1e6 * chance.below(4),
    redirected: 1e6 * chance.below(4),
    given: 1e6 * chance.below(9),
    transfers: chance.below(4),
    foreign: 0,
    backlog: 1e6 * chance.below(4),
    ahead: 1e5 * chance.below(9),
    rate: 5e5 * (1 + chance.below(3)) + 0.5,
    shared: chance.below(2) === 0 ? Number.POSITIVE_INFINITY : 4e6,
    facts: volunteerFacts(chance),
  };
}

function volunteerFacts(chance: Chance): VolunteerFacts {
  return {
    site: chance.letter(),
    network: ["", "10.0.0.0/8", "10.1.0.0/16"][chance.below(3)],
    asNumbers: [chance.below(3)],
    countries: [chance.letter(), chance.letter()],
    region: chance.letter(),
    continents: [chance.letter()],
    position: chance.position(),
    weight: 100 * (1 + chance.below(2)),
    score: chance.below(3) - 1,
    joinedAt: -chance.below(1000),
    failures: chance.below(2) * chance.below(12),
    failedAt: chance.past(),
    demand: chance.below(50) / 100,
    latency: {
      samples: chance.below(40),
      last: chance.below(9),
      mean: chance.below(3),
      deviation: 1,
      median: 0.1 * chance.below(5),
      at: -20 * chance.below(40),
      transfers: chance.below(4),
      redirects: chance.below(5),
    },
  };
}

function clientFacts(candidates: number, chance: Chance): ClientFacts {
  return {
    site: chance.letter(),
    networks: chance.below(2) === 0 ? [] : ["10.1.0.0/16", "10.0.0.0/8"],
    asNumber: chance.below(3),
    country: chance.letter(),
    region: chance.letter(),
    continent: chance.letter(),
    position: chance.position(),
    demand: chance.below(100) / 100,
    lastNode: chance.below(candidates + 1) + SERVER,
    lastAt: chance.past(),
  };
}

class Chance {
  readonly #random: Random;
  constructor(random: Random) {
    this.#random = random;
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** A name of a place, or none. */
  letter(): string {
    return ["", "a", "b", "c"][this.below(4)];
  }

  position(): VolunteerFacts["position"] {
    if (this.below(4) === 0) return null;
    return { latitude: 0.9 * this.below(100), longitude: 1.8 * this.below(100) };
  }

  past(): number {
    return this.below(2) === 0 ? Number.NEGATIVE_INFINITY : -this.below(1000);
  }
}
