/** Small worlds whose best schedule is known. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Ask,
  TINY_CUSTOMER,
  TINY_SERVER,
  tinySystem,
  tinyWorkload,
} from "../model/testing.ts";
import { FLUID } from "../network/http/causes.ts";
import { aloneBound } from "./alone.ts";
import { type BoundInput, demandOf } from "./demand.ts";
import { tightBound } from "./tight.ts";
import { NO_VISITS, visitBound } from "./visit-bound.ts";

type Changes = Parameters<typeof tinySystem>[0];

/** Asks for files of 100 bytes, of lines of 20 bytes/s, the server having 10. */
function input(
  asks: readonly Ask[],
  changes: Changes = {},
  others: Partial<BoundInput> = {},
): BoundInput {
  const workload = tinyWorkload([100, 100, 400], asks, {
    released: others.from === 1 ? { 0: 0.5 } : {},
  });
  const system = tinySystem({ volunteers: [], ...changes });
  return {
    ...{ workload, system, from: 0, horizon: 1000, serverShare: null, byTimetable: true },
    lines: Array.from({ length: workload.customers }, () => TINY_CUSTOMER),
    ...others,
  };
}

const alone = (given: BoundInput) => aloneBound(demandOf(given), given.workload);
const tight = (given: BoundInput, bins = 200) =>
  tightBound(demandOf(given), given.workload, { bins, columns: 1e6 });

const near = (found: number | null, expected: number, part = 1e-6) =>
  assert.ok(
    found !== null && Math.abs(found - expected) <= part * expected,
    `${found}, not ${expected}`,
  );

/** No more than what is best, and within so much of it. */
const justBelow = (found: number | null, best: number, part = 0.03) =>
  assert.ok(
    found !== null && found <= best * (1 + 1e-9) && found >= best * (1 - part),
    `${found}, not just below ${best}`,
  );

const two: readonly Ask[] = [
  [0, 0, 0],
  [0, 1, 0],
];

test("a visit alone takes its bytes at the fastest rate", () => {
  near(alone(input([[0, 0, 0]])), 10);
  near(alone(input([[0, 0, 0]], { volunteers: [{ uplink: 20 }] })), 5);
  near(alone(input([[0, 0, 0]], { volunteers: [{ uplink: 50 }] })), 5); // By the customer's line.
});

test("two visits at one server: the second waits, which only the programme sees", async () => {
  // 100 bytes each at 10 bytes/s: 10 and 20 s.
  const both = input(two, {}, { horizon: 40 });
  near(alone(both), 10);
  justBelow(await tight(both), 15, 0.01);
  const coarse = await tight(both, 2);
  assert.ok(coarse !== null && coarse >= 10 && coarse <= 15);
});

test("the shorter visit goes first", async () => {
  const asks: Ask[] = [
    [0, 0, 2],
    [0, 1, 0],
  ];
  justBelow(await tight(input(asks, {}, { horizon: 100 })), (10 + 50) / 2, 0.15);
});

test("each has a volunteer of its own, or they share one", async () => {
  const own = { volunteers: [{ count: 2, uplink: 20 }] };
  const shared = { volunteers: [{ count: 1, uplink: 20 }] };
  const none = { serverShare: 0, horizon: 20 };
  justBelow(await tight(input(two, own, none)), 5, 1e-6);
  justBelow(await tight(input(two, shared, none)), 7.5, 0.01);
});

test("who cannot be served within the horizon stands there, and leaves the way to others", async () => {
  const both = input(two, {}, { horizon: 12 });
  // One after 10 s; the other is given up and counts 12.
  justBelow(await tight(both), 11, 0.02);
  near(alone(input([[0, 0, 2]], {}, { horizon: 12 })), 12);
});

test("the server's share limits what its speed is worth", () => {
  const slow = { server: { ...TINY_SERVER, uplink: 20 }, volunteers: [{ count: 9, uplink: 5 }] };
  // From the server 5 s, from a volunteer 20 s; a quarter of the bytes may come from the server.
  near(alone(input(two, slow, { serverShare: 1 })), 5);
  near(alone(input(two, slow, { serverShare: 0 })), 20);
  near(alone(input(two, slow, { serverShare: 0.25 })), 0.75 * 20 + 0.25 * 5);
});

test("the server's share is of all bytes of the measured time, not only of measured visits", () => {
  const slow = { server: { ...TINY_SERVER, uplink: 20 }, volunteers: [{ count: 9, uplink: 5 }] };
  // Customer 0's visit has begun before the measured time; of its second request's bytes and those of
  // customer 1 a quarter is half of what customer 1 wants.
  const asks: Ask[] = [
    [0, 0, 1],
    [10, 0, 1],
    [10, 1, 1],
  ];
  near(alone(input(asks, slow, { serverShare: 0.25, from: 5 })), 0.5 * 20 + 0.5 * 5);
});

test("several downloads at once share the line, each file having one source", () => {
  const three: Ask[] = [
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 2],
  ];
  const volunteers = [{ count: 9, uplink: 10 }];
  const given = (parallel: number, asks = three) =>
    input(asks, { volunteers, customers: { parallel } }, { serverShare: 0 });
  near(alone(given(1)), 60); // 600 bytes at 10 bytes/s.
  near(alone(given(2)), 40); // The largest has 400; all are two streams of 300.
  near(alone(given(3)), 40);
  near(alone(given(3, three.slice(0, 2))), 10); // Two files are two streams.
  near(alone(given(3, [three[0], three[1], [0, 0, 0]])), 15); // 300 bytes over a line of 20.
});

test("requests that come later are waited for", () => {
  const asks: Ask[] = [
    [0, 0, 0],
    [300, 0, 1],
  ];
  near(alone(input(asks)), 310);
});

test("opening a connection takes its round trips, one if another may be open", () => {
  const transport = {
    causes: { ...FLUID, wireEfficiency: false, connection: true },
    queue: 0,
    burst: 0,
  };
  const asks: Ask[] = [
    [0, 0, 0],
    [0, 0, 1],
  ];
  const given = (keepAlive: boolean) =>
    input(asks, { transport, customers: { rtt: 3, keepAlive } });
  near(alone(given(false)), 2 * (10 + 6));
  near(alone(given(true)), 2 * (10 + 3));
});

test("a new file is not there before a volunteer can have fetched it", () => {
  const volunteers = [{ count: 9, uplink: 20 }];
  const synchronisation = { first: 30, spread: 0, every: 1000, walk: 4 };
  const given = (serverShare: number) =>
    input([[1, 0, 0]], { volunteers, synchronisation }, { serverShare, from: 1 });
  near(alone(given(0)), 33 + 5, 1e-3); // Ready at 34.
  near(alone(given(1)), 10); // The server has it.
});

test("customers that pass on what they have are sources that nothing is known of", () => {
  const uploads = { uplink: 15, slots: 1, stays: 100, price: 0 };
  near(alone(input(two, { customers: { uploads } }, { serverShare: 0 })), 100 / 15);
});

test("without visits, and where links carry more than they can, there is no bound", async () => {
  const given = input(two);
  near((await visitBound("alone", given)).seconds, 10);
  const burst = { causes: { ...FLUID, burst: true }, queue: 0, burst: 1000 };
  const bursting = await visitBound("alone", input(two, { transport: burst }));
  assert.equal(bursting, { seconds: null, reason: "links let bursts through at once" });
  assert.equal(await visitBound("tight", { ...given, from: 1 }), {
    seconds: null,
    reason: NO_VISITS,
  });
  const { seconds } = await visitBound("tight", { ...given, horizon: 40 });
  assert.ok(seconds !== null && seconds > 14);
});

test.run();
