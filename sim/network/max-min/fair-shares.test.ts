import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../../engine/engine.ts";
import { FlowFacts } from "../flow-facts.ts";
import { LinkTable } from "../link-table.ts";
import { type FlowId, Network } from "../network.ts";
import { assertMaxMin } from "../testing.ts";
import { FairShares } from "./fair-shares.ts";
import { type Demand, maxMinRates } from "./max-min.oracle.ts";

function near(actual: number, expected: number, what: string): void {
  const scale = Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= 1e-9 * scale, `${what}: ${actual} is not ${expected}`);
}

/** A network, what runs over it as the plain solver sees it, and the times at which flows ended. */
class World {
  readonly engine = new Engine({ maxEvents: 100_000 });
  readonly network = new Network(this.engine);
  readonly running = new Map<number, { flow: FlowId; demand: Demand }>();
  readonly ends = new Map<number, number>();
  readonly capacities: number[];
  #started = 0;
  readonly #purpose = this.network.purpose((owner) => {
    this.running.delete(owner);
    this.ends.set(owner, this.engine.now);
  });

  constructor(capacities: readonly number[]) {
    this.capacities = [...capacities];
    for (const capacity of capacities) this.network.addLink(capacity);
  }

  start(demand: Demand, bytes: number): void {
    const { links: path, weight = 1, cap = Number.POSITIVE_INFINITY } = demand;
    const owner = this.#started++;
    const spec = { path, bytes, weight, cap, purpose: this.#purpose, owner };
    this.running.set(owner, { flow: this.network.start(spec), demand });
  }

  /** The one that has run for the nth longest time, if there are as many. */
  nth(at: number): { owner: number; flow: FlowId; demand: Demand } | null {
    const entry = [...this.running][at % Math.max(1, this.running.size)];
    return entry === undefined ? null : { owner: entry[0], ...entry[1] };
  }

  check(): void {
    const running = [...this.running.values()];
    const demands = running.map(({ demand }) => demand);
    const rates = running.map(({ flow }) => this.network.rate(flow));
    const expected = maxMinRates(demands, this.capacities);
    for (const [at, rate] of rates.entries()) near(rate, expected[at], `rate of ${at}`);
    for (const link of this.capacities.keys()) {
      const over = demands.map(({ links }, i) => (links.includes(link) ? rates[i] : 0));
      const sum = over.reduce((total, rate) => total + rate, 0);
      near(this.network.linkRate(link), sum, `rate of link ${link}`);
    }
  }
}

interface Step {
  readonly what: "start" | "start" | "start" | "abort" | "weigh" | "cap" | "background" | "wait";
  readonly demand: Demand;
  readonly at: number;
  readonly amount: number;
}

/** Links of few capacities, so that levels are often equal, and changes of all kinds. */
const stories = fc.integer({ min: 1, max: 10 }).chain((links) => {
  const amount = fc.constantFrom(0.5, 1, 3, 7, 20, 100);
  const path = fc.uniqueArray(fc.nat(links - 1), { minLength: 1, maxLength: 6 });
  const demand: fc.Arbitrary<Demand> = fc.record(
    { links: path, weight: fc.constantFrom(0.1, 1, 2, 3), cap: amount },
    { requiredKeys: ["links"] },
  );
  const what = fc.constantFrom<Step["what"]>(
    ...(["start", "start", "start", "abort", "weigh", "cap", "background", "wait"] as const),
  );
  return fc.record({
    capacities: fc.array(amount, { minLength: links, maxLength: links }),
    steps: fc.array(fc.record({ what, demand, at: fc.nat(50), amount }), {
      minLength: 1,
      maxLength: 80,
    }),
  });
});

function take(world: World, { what, demand, at, amount }: Step): void {
  const { network, engine } = world;
  if (what === "start") world.start(demand, 10 * amount);
  else if (what === "wait") engine.run(engine.now + amount / 10);
  else if (what === "background") {
    const link = at % world.capacities.length;
    network.setBackground(link, amount);
    world.capacities[link] = Math.max(0, network.capacity(link) - amount);
  } else {
    const some = world.nth(at);
    if (some === null) return;
    const { owner, flow } = some;
    if (what === "abort") {
      network.abort(flow);
      world.running.delete(owner);
    } else if (what === "weigh") {
      network.setWeight(flow, amount);
      world.running.set(owner, { flow, demand: { ...some.demand, weight: amount } });
    } else {
      network.setCap(flow, amount);
      world.running.set(owner, { flow, demand: { ...some.demand, cap: amount } });
    }
  }
}

test("after every change of any kind, the rates are the plain solver's", () => {
  fc.assert(
    fc.property(stories, ({ capacities, steps }) => {
      const world = new World(capacities);
      for (const step of steps) {
        take(world, step);
        world.check();
      }
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test("the solver of couplings moves the same bytes, also when it takes over under way", () => {
  fc.assert(
    fc.property(stories, fc.nat(80), ({ capacities, steps }, couplesAt) => {
      const fair = new World(capacities);
      const coupled = new World(capacities);
      for (const [at, step] of steps.entries()) {
        // A link with a queue is enough of a coupling.
        if (at === couplesAt % steps.length) coupled.network.addLink(1, { queue: 1 });
        take(fair, step);
        take(coupled, step);
        for (const link of fair.capacities.keys()) {
          const moved = coupled.network.carried(link);
          near(fair.network.carried(link), moved, `bytes over ${link}`);
        }
      }
      const [ends, others] = [fair.ends, coupled.ends];
      assert.equal([...ends.keys()].sort(), [...others.keys()].sort());
      for (const [owner, time] of ends) near(time, others.get(owner) ?? Number.NaN, `end ${owner}`);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test("hundreds of flows over dozens of links are fair to each other", () => {
  const size = { minLength: 30, maxLength: 30 };
  const path = fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 5 });
  const flows = fc.array(path, { minLength: 300, maxLength: 300 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), size), flows, (capacities, paths) => {
      const world = new World(capacities);
      for (const links of paths) world.start({ links }, 100);
      for (let round = 0; round < 20; round++) {
        const running = [...world.running.values()];
        const demands = running.map(({ demand }) => demand);
        const rates = running.map(({ flow }) => world.network.rate(flow));
        assertMaxMin(demands, capacities, rates);
        world.engine.run(world.engine.now + 7);
      }
    }),
    { seed: 3, numRuns: 10 },
  );
});

test("when the rates are not found within the steps allowed, it says so", () => {
  const links = new LinkTable();
  const facts = new FlowFacts();
  let givenUp = 0;
  const giveUp = () => givenUp++;
  const shares = new FairShares(new Engine({ maxEvents: 1 }), links, facts, giveUp, 0);
  const path = [links.add(10, {})];
  shares.addLink(path[0]);
  const flow = facts.take(100, 7, 0);
  const spec = { path, bytes: 100, weight: 2, cap: 5, purpose: 0, owner: 7 };
  shares.start(flow, spec);
  assert.is(givenUp, 1);
  assert.equal(shares.handOver(), [{ flow, spec, left: 100 }]);
});

test.run();
