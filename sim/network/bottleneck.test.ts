import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../engine/engine.ts";
import { bottleneckOf } from "./bottleneck.ts";
import { type FlowSpec, Network } from "./network.ts";

function network() {
  const net = new Network(new Engine({ maxEvents: 1e6 }));
  const purpose = net.purpose(() => {});
  const register = net.register();
  const start = (spec: Partial<FlowSpec> & Pick<FlowSpec, "path">) =>
    net.start({
      bytes: 1e6,
      weight: 1,
      cap: Number.POSITIVE_INFINITY,
      purpose,
      owner: 0,
      ...spec,
    });
  return {
    net,
    register,
    start,
    heldBy: (flow: number) => bottleneckOf({ network: net, register }, flow),
  };
}

test("the textbook's example: each flow is held back where it has the most of a full link", () => {
  // Links of 10 and 16. A crosses both, B and C the first, D the second: A, B, C get 10/3, D 38/3.
  const { net, start, heldBy } = network();
  const [first, second] = [net.addLink(10), net.addLink(16)];
  const [a, b, , d] = [[first, second], [first], [first], [second]].map((path) => start({ path }));
  for (const flow of [a, b]) {
    assert.equal(heldBy(flow), { kind: "link", link: first });
  }
  assert.equal(heldBy(d), { kind: "link", link: second }); // A has less of it.
});

test("a cap below the fair share is the bottleneck, and above it is not", () => {
  const { net, start, heldBy } = network();
  const link = net.addLink(10);
  const slow = start({ path: [link], cap: 2 });
  const fast = start({ path: [link], cap: 9 });
  assert.equal(heldBy(slow), { kind: "cap" });
  assert.equal(heldBy(fast), { kind: "link", link });
});

test("weights count: the flow with more bytes a second may still be the one with less", () => {
  // The heavy flow has 3/4 of 8 on the first link and no more of the second, where 4 are left.
  const { net, start, heldBy } = network();
  const [first, second] = [net.addLink(8), net.addLink(10)];
  const heavy = start({ path: [first, second], weight: 3 });
  start({ path: [first] });
  const rest = start({ path: [second] });
  assert.is(net.rate(heavy), 6);
  assert.equal(heldBy(heavy), { kind: "link", link: first });
  assert.equal(heldBy(rest), { kind: "link", link: second });
});

test("others' traffic fills a link too; a flow that yields is held back where others are first", () => {
  const { net, start, heldBy } = network();
  const [link, wide] = [net.addLink(10), net.addLink(100)];
  net.setBackground(link, 6);
  const first = start({ path: [link, wide] });
  assert.is(net.rate(first), 4);
  assert.equal(heldBy(first), { kind: "link", link });
  const yielding = start({ path: [link], priority: 1 });
  assert.is(net.rate(yielding), 0);
  assert.equal(heldBy(yielding), { kind: "link", link });
});

test("in random networks the bottleneck is full, and nobody has more of it for its weight", () => {
  const flows = fc.array(
    fc.record({
      path: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
      weight: fc.integer({ min: 1, max: 4 }),
      cap: fc.constantFrom(1, 3, Number.POSITIVE_INFINITY),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const capacities = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(capacities, flows, (sizes, specs) => {
      const { net, register, start, heldBy } = network();
      for (const size of sizes) net.addLink(size);
      const all = specs.map((spec) => start(spec));
      for (const [at, flow] of all.entries()) {
        const found = heldBy(flow);
        assert.is.not(found.kind, "none");
        if (found.kind === "cap") assert.ok(net.rate(flow) >= specs[at].cap * (1 - 1e-6));
        if (found.kind !== "link") continue;
        const { link } = found;
        assert.ok(net.linkRate(link) >= net.capacity(link) * (1 - 1e-6));
        const level = net.rate(flow) / specs[at].weight;
        for (const other of register.crossing(link)) {
          const theirs = net.rate(other) / register.spec(other).weight;
          assert.ok(theirs <= level * (1 + 1e-6), `${theirs} > ${level}`);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test.run();
