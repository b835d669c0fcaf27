import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../../engine/engine.ts";
import { type FlowId, type FlowSpec, Network } from "../network.ts";
import { type SteadyDemand, type SteadyLink, steadyRates } from "./steady-rates.oracle.ts";

function near(actual: number, expected: number, what: string): void {
  const scale = Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= 1e-6 * scale, `${what}: ${actual} is not ${expected}`);
}

function world() {
  const engine = new Engine({ maxEvents: 10_000 });
  const network = new Network(engine);
  const purpose = network.purpose(() => {});
  const start = (spec: Partial<FlowSpec> & Pick<FlowSpec, "path">): FlowId =>
    network.start({ bytes: 1e6, weight: 1, cap: 1 / 0, purpose, owner: 0, ...spec });
  return { engine, network, start };
}

test("ACKs take from the link they go back over, and the data there gets the rest", () => {
  const { network, start } = world();
  const up = network.addLink(100);
  const down = network.addLink(1000);
  // Data down at 1000 sends back ACKs of 2 %: 20 of the 100 up. Data up gets 80, and its own ACKs
  // take 1.6 of the 1000 down: x = 1000 - 0.02 y and y = 100 - 0.02 x, so x = 998 / (1 - 0.0004).
  const x = start({ path: [down], acks: { path: [up], share: 0.02 } });
  const y = start({ path: [up], acks: { path: [down], share: 0.02 } });
  near(network.rate(x), 998 / (1 - 0.0004), "down");
  near(network.rate(y), 100 - (0.02 * 998) / (1 - 0.0004), "up");
  near(network.ackRate(up), 0.02 * network.rate(x), "ACKs up");
});

test("ACKs are not held back by data, but need the link to hold them", () => {
  const { network, start } = world();
  const up = network.addLink(1);
  const down = network.addLink(1000);
  // 2 % of 1000 are 20, and the link has 1: the flow can have 1 / 0.02 = 50.
  near(network.rate(start({ path: [down], acks: { path: [up], share: 0.02 } })), 50, "down");
});

test("of two flows on a full link, the one with twice the round trip gets half as much", () => {
  const { network, start } = world();
  const link = network.addLink(90);
  const close = start({ path: [link], roundTrip: 0.1 });
  const far = start({ path: [link], roundTrip: 0.2 });
  assert.equal([network.rate(close), network.rate(far)].map(Math.round), [60, 30]);
});

test("a full queue makes round trips more alike", () => {
  const { network, start } = world();
  // A queue of 27 bytes before 90 a second is 0.3 s: round trips of 0.4 and 0.5 s share 5 to 4.
  const link = network.addLink(90, { queue: 27 });
  const close = start({ path: [link], roundTrip: 0.1 });
  const far = start({ path: [link], roundTrip: 0.2 });
  near(network.rate(close), 50, "close");
  near(network.rate(far), 40, "far");
  near(network.queueing([link]), 0.3, "queue");
});

test("a flow whose ACKs wait in a full queue yields to one whose ACKs do not", () => {
  const { network, start } = world();
  // The queue before the source is full, 0.1 s for both; the other's ACKs wait 0.2 s more behind an
  // upload: shares go as 1/0.2 to 1/0.4.
  const source = network.addLink(90, { queue: 9 });
  const busy = network.addLink(10, { queue: 2 });
  start({ path: [busy], roundTrip: 0.1 });
  const plain = start({ path: [source], roundTrip: 0.1 });
  const coupled = start({ path: [source], roundTrip: 0.1, acks: { path: [busy], share: 0 } });
  near(network.rate(plain), 60, "plain");
  near(network.rate(coupled), 30, "coupled");
});

test("a flow with a queue of its own still fills its own link", () => {
  const { network, start } = world();
  // Alone on 10, a second of queue would slow it to a hundredth of its equal; it needs none.
  const shared = network.addLink(90, { queue: 0.9 });
  const own = network.addLink(10, { queue: 10 });
  const slow = start({ path: [shared, own], roundTrip: 0.01 });
  const fast = start({ path: [shared], roundTrip: 0.01 });
  near(network.rate(slow), 10, "slow");
  near(network.rate(fast), 80, "fast");
});

test("a queue holds no more than the flows have left to move", () => {
  const { engine, network, start } = world();
  const link = network.addLink(10, { queue: 100 });
  start({ path: [link], bytes: 30 });
  near(network.queueing([link]), 3, "at first");
  engine.run(1);
  near(network.queueing([link]), 2, "a second later");
});

test("a lower priority gets what is left, and nothing where nothing is", () => {
  const { network, start } = world();
  const link = network.addLink(10);
  const first = start({ path: [link], cap: 7 });
  const second = start({ path: [link], priority: 1 });
  assert.equal([network.rate(first), network.rate(second)], [7, 3]);
  network.setCap(first, 20);
  assert.equal([network.rate(first), network.rate(second)], [10, 0]);
  network.abort(first);
  assert.is(network.rate(second), 10);
});

test("weights, caps and background traffic can change under way", () => {
  const { network, start } = world();
  const link = network.addLink(12);
  const a = start({ path: [link] });
  const b = start({ path: [link] });
  network.setWeight(a, 2);
  assert.equal([network.rate(a), network.rate(b)], [8, 4]);
  network.setBackground(link, 6);
  assert.equal([network.rate(a), network.rate(b)], [4, 2]);
  network.setCap(a, 1);
  assert.equal([network.rate(a), network.rate(b)], [1, 5]);
});

test("a link that becomes wider shares what it has then, and its queue drains sooner", () => {
  const { network, start } = world();
  const link = network.addLink(10, { queue: 50 });
  const a = start({ path: [link], weight: 3 });
  const b = start({ path: [link] });
  network.setCapacity(link, 20);
  assert.equal([network.rate(a), network.rate(b)], [15, 5]);
  assert.is(network.queueDelay(link), 2.5);
  assert.is(network.capacity(link), 20);
  network.setCapacity(link, 4);
  assert.equal([network.rate(a), network.rate(b)], [3, 1]);
  assert.throws(() => network.setCapacity(link, 0), /invalid capacity: 0/);
  assert.throws(() => network.setCapacity(link, 1 / 0), /invalid capacity: Infinity/);
  const endless = network.addLink(1 / 0);
  assert.throws(() => network.setCapacity(endless, 5), /keeps none/);
});

test("a flow that background traffic stops goes on when it ends", () => {
  const { engine, network, start } = world();
  const link = network.addLink(10);
  const flow = start({ path: [link], bytes: 100 });
  const free = engine.kind("free", () => network.setBackground(link, 0));
  network.setBackground(link, 10);
  assert.is(network.rate(flow), 0);
  engine.at(5, free, 0);
  engine.drain();
  assert.is(engine.now, 15);
});

const worlds = fc
  .array(
    fc.record({
      capacity: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(1 / 0)),
      queue: fc.constantFrom(0, 1, 5, 40),
      background: fc.constantFrom(0, 0, 0, 0.5),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .chain((links) => {
    const path = fc.uniqueArray(fc.nat(links.length - 1), { minLength: 1, maxLength: 3 });
    const demand: fc.Arbitrary<SteadyDemand> = fc.record(
      {
        links: path,
        weight: fc.constantFrom(0.25, 1, 2),
        cap: fc.constantFrom(0.7, 3, 30, 1e4),
        priority: fc.constantFrom(0, 0, 1, 3),
        roundTrip: fc.constantFrom(0.001, 0.04, 0.3),
        bytes: fc.constantFrom(2, 20, 1e6),
        acks: fc.record({ links: path, share: fc.constantFrom(0, 0.021, 0.03) }),
      },
      { requiredKeys: ["links", "bytes", "cap"] },
    );
    return fc.record({
      links: fc.constant<readonly SteadyLink[]>(links),
      flows: fc.array(demand, { minLength: 1, maxLength: 14 }),
      ends: fc.uniqueArray(fc.nat(13), { maxLength: 4 }),
    });
  });

test("with every coupling, the rates after each start and end are the plain version's", () => {
  fc.assert(
    fc.property(worlds, ({ links, flows, ends }) => {
      const { network, start } = world();
      for (const { capacity, queue, background } of links) {
        network.setBackground(network.addLink(capacity, { queue }), background);
      }
      const active = new Map<number, FlowId>();
      const check = () => {
        const running = [...active.keys()].map((i) => flows[i]);
        const expected = steadyRates(running, links);
        for (const [at, [i, flow]] of [...active].entries()) {
          near(network.rate(flow), expected[at], `rate of ${i}`);
        }
      };
      for (const [i, { links: path, acks, ...rest }] of flows.entries()) {
        const back = acks && { acks: { path: acks.links, share: acks.share } };
        active.set(i, start({ path, ...rest, ...back }));
        check();
      }
      for (const i of ends) {
        const flow = active.get(i);
        if (flow === undefined) continue;
        network.abort(flow);
        active.delete(i);
        check();
      }
    }),
    { seed: 1, numRuns: 400 },
  );
});

test.run();
