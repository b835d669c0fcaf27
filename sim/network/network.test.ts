import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../engine/engine.ts";
import { maxMinRates } from "./max-min/max-min.oracle.ts";
import { type FlowId, Network } from "./network.ts";
import { networks } from "./testing.ts";

function near(actual: number, expected: number, what: string): void {
  const scale = Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= 1e-9 * scale, `${what}: ${actual} is not ${expected}`);
}

/** A network that logs `owner at time` for each flow that finishes. */
function logged() {
  const engine = new Engine({ maxEvents: 100_000 });
  const network = new Network(engine);
  const log: string[] = [];
  const purpose = network.purpose((owner) => log.push(`${owner} at ${engine.now}`));
  const start = (owner: number, path: number[], bytes: number, cap = Number.POSITIVE_INFINITY) =>
    network.start({ path, bytes, weight: 1, cap, purpose, owner });
  return { engine, network, log, start, purpose };
}

test("two flows on one link take turns as the fluid does", () => {
  const { engine, network, log, start } = logged();
  const link = network.addLink(10);
  // A has 100 B from t=0. B has 50 B from t=4, when A has 60 left. At 5 B/s each, B ends at 14,
  // when A has 10 left, which take one second alone.
  const begin = engine.kind("begin", () => start(1, [link], 50));
  start(0, [link], 100);
  engine.at(4, begin, 0);
  engine.drain();
  assert.equal(log, ["1 at 14", "0 at 15"]);
  assert.is(network.active, 0);
  assert.is(network.carried(link), 150);
});

test("flows that finish at the same instant finish in the order they started", () => {
  const { engine, network, log, start } = logged();
  const link = network.addLink(10);
  start(0, [link], 100);
  start(1, [link], 100);
  engine.drain();
  assert.equal(log, ["0 at 20", "1 at 20"]);
});

test("an aborted flow returns what it had left, and the others speed up", () => {
  const { engine, network, log, start } = logged();
  const link = network.addLink(10);
  const doomed = start(0, [link], 100);
  start(1, [link], 100);
  const abort = engine.kind("abort", () => assert.is(network.abort(doomed), 80));
  engine.at(4, abort, 0);
  engine.drain();
  assert.equal(log, ["1 at 12"]); // 20 B by t=4, then 80 B at 10 B/s.
  assert.is(network.carried(link), 120);
});

test("a purpose that starts the next flow at once keeps the link busy", () => {
  const engine = new Engine({ maxEvents: 100 });
  const network = new Network(engine);
  const link = network.addLink(10);
  const ends: number[] = [];
  const purpose = network.purpose((owner) => {
    ends.push(engine.now);
    if (owner < 3) begin(owner + 1);
  });
  const begin = (owner: number) =>
    network.start({ path: [link], bytes: 10, weight: 1, cap: 1 / 0, purpose, owner });
  begin(0);
  engine.drain();
  assert.equal(ends, [1, 2, 3, 4]);
});

test("an unlimited link holds nothing back", () => {
  const { engine, network, log, start } = logged();
  const path = [network.addLink(10), network.addLink(Number.POSITIVE_INFINITY)];
  start(0, path, 100);
  start(1, path, 100);
  engine.drain();
  assert.is(log.length, 2);
  assert.is(engine.now, 20);
});

test("what no link and no cap holds back, and what moves nothing, is rejected", () => {
  const { network, start } = logged();
  assert.throws(() => start(0, [], 1), /a flow needs a link or a cap/);
  assert.throws(() => start(0, [network.addLink(1)], 0), /invalid bytes: 0/);
  assert.throws(() => network.addLink(0), /invalid capacity: 0/);
});

const arrivals = networks.chain((net) =>
  fc.record({
    net: fc.constant(net),
    starts: fc.array(fc.integer({ min: 0, max: 40 }), {
      minLength: net.flows.length,
      maxLength: net.flows.length,
    }),
    sizes: fc.array(fc.integer({ min: 1, max: 500 }), {
      minLength: net.flows.length,
      maxLength: net.flows.length,
    }),
    aborts: fc.uniqueArray(fc.nat(net.flows.length - 1), { maxLength: 3 }),
  }),
);

test("at every event the rates are the oracle's, no link is over capacity, and bytes are conserved", () => {
  fc.assert(
    fc.property(arrivals, ({ net, starts, sizes, aborts }) => {
      const engine = new Engine({ maxEvents: 1000 });
      const network = new Network(engine);
      const links = net.capacities.map((capacity) => network.addLink(capacity));
      const moved = net.flows.map(() => 0);
      const active = new Map<number, FlowId>();
      const purpose = network.purpose((owner) => {
        moved[owner] = sizes[owner];
        active.delete(owner);
        check();
      });
      const begin = engine.kind("begin", (i) => {
        const { links: path, weight = 1, cap = Number.POSITIVE_INFINITY } = net.flows[i];
        const spec = { path, bytes: sizes[i], weight, cap, purpose, owner: i };
        active.set(i, network.start(spec));
        check();
      });
      const abort = engine.kind("abort", (i) => {
        const flow = active.get(i);
        if (flow === undefined) return;
        moved[i] = sizes[i] - network.abort(flow);
        active.delete(i);
        check();
      });
      const check = () => {
        const running = [...active.keys()];
        const expected = maxMinRates(
          running.map((i) => net.flows[i]),
          net.capacities,
        );
        for (const [at, i] of running.entries()) {
          near(network.rate(active.get(i) ?? -1), expected[at], `rate of ${i} at ${engine.now}`);
        }
        for (const link of links) {
          assert.ok(network.linkRate(link) <= network.capacity(link) * (1 + 1e-9));
        }
      };
      for (const [i, time] of starts.entries()) engine.at(time, begin, i);
      for (const i of aborts) engine.at(starts[i] + 3, abort, i);
      engine.drain();

      assert.is(network.active, 0);
      for (const link of links) {
        const through = net.flows.map(({ links: path }, i) => (path.includes(link) ? moved[i] : 0));
        const total = through.reduce((sum, bytes) => sum + bytes, 0);
        near(network.carried(link), total, `bytes over link ${link}`);
      }
    }),
    { seed: 1, numRuns: 400 },
  );
});

test("many flows at once outgrow the first arrays and all finish", () => {
  const { engine, network, log, start } = logged();
  const link = network.addLink(1000);
  for (let i = 0; i < 500; i++) start(i, [link], 10 + i);
  engine.drain();
  assert.is(log.length, 500);
  near(network.carried(link), (500 * (10 + 509)) / 2, "bytes carried");
  near(engine.now, (500 * (10 + 509)) / 2 / 1000, "work conservation");
});

test.run();
