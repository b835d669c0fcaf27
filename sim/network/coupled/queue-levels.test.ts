import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../../engine/engine.ts";
import { Network } from "../network.ts";
import { SEGMENT_PAYLOAD } from "../wire.ts";

/** Fifty segments before a link of 1 MB/s. */
const QUEUE = 50 * SEGMENT_PAYLOAD;

function world(flows: number, { atOnce = false, bytes = 1e7, roundTrip = 0.0001 } = {}) {
  const engine = new Engine({ maxEvents: 1000 });
  const network = new Network(engine);
  const link = network.addLink(1e6, { queue: QUEUE });
  const purpose = network.purpose(() => {});
  for (let owner = 0; owner < flows; owner++) {
    network.start({
      path: [link],
      bytes,
      weight: 1,
      cap: Number.POSITIVE_INFINITY,
      purpose,
      owner,
      roundTrip,
      atOnce,
    });
  }
  return { engine, network, link };
}

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6 * Math.max(1, expected), `${actual}, ${expected}`);
}

test("one flow's window is the queue until it has grown to fill it", () => {
  const { engine, network, link } = world(1);
  // Sixteen segments, less the 100 bytes that are on their way.
  near(network.windowQueueing([link]), (16 * SEGMENT_PAYLOAD - 100) / 1e6);
  engine.at(
    9,
    engine.kind("look", () => near(network.windowQueueing([link]), (0.85 * QUEUE - 15) / 1e6)),
    0,
  );
  engine.run(9);
});

test("flows enough fill the queue at once, and on average it is 0.85 of its length", () => {
  const { network, link } = world(8);
  near(network.windowQueueing([link]), (0.85 * (QUEUE + 100) - 100) / 1e6);
  assert.ok(network.queueing([link]) > network.windowQueueing([link]));
});

test("what is sent at once stands in the queue until it has gone through", () => {
  const { network, link } = world(1, { atOnce: true, bytes: 30_000 });
  near(network.windowQueueing([link]), Math.min(30_000, 0.85 * (30_000 + 100) - 100) / 1e6);
});

test("a burst loses what the queue has no room for at the moment", () => {
  const { network, link } = world(8);
  const burst = 10 * SEGMENT_PAYLOAD;
  near(network.overflow([link], burst, 1), burst);
  // At the lowest, three tenths of the queue are free: fifteen segments.
  assert.is(network.overflow([link], burst, 0), 0);
  near(network.overflow([link], 20 * SEGMENT_PAYLOAD, 0), 5 * SEGMENT_PAYLOAD - 30);
});

test("the share lost is that of windows that share the queue, within bounds", () => {
  const { network, link } = world(10);
  const window = (QUEUE + 100) / 10 / SEGMENT_PAYLOAD;
  near(network.lossShare([link], 0.0001), 1.5 / window ** 2);
  const crowded = world(100);
  near(crowded.network.lossShare([crowded.link], 0), 0.375);
});

test("an empty queue has room for no more than its length, and a link without one loses nothing", () => {
  const { network, link } = world(0);
  near(network.overflow([link], QUEUE + 3000, 1), 3000);
  assert.is(network.overflow([network.addLink(1e6)], 1e9, 1), 0);
});

test("nothing waits and nothing is lost where no queue stands", () => {
  const { network, link } = world(0);
  assert.is(network.windowQueueing([link]), 0);
  assert.is(network.overflow([link], QUEUE, 1), 0);
  assert.is(network.lossShare([link], 0.1), 0);
});

test.run();
