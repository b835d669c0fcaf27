import { test } from "uvu";
import * as assert from "uvu/assert";
import type { DispatchView } from "../policies/index.ts";
import type { Observer } from "./events.ts";
import { simulate } from "./simulation.ts";
import { HONEST } from "./system.ts";
import {
  type Ask,
  NO_BACKGROUND,
  namedPolicies,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";

type Changes = Parameters<typeof tinySystem>[0];

interface Load {
  readonly now: number;
  readonly transfers: number;
  readonly foreign: number;
  readonly rate: number;
  readonly backlog: number;
  readonly ahead: number;
}

/** What is known of volunteer 0 at each decision; files are of 100 B and 400 B. */
function seen(changes: Changes, asks: readonly Ask[]): Load[] {
  const loads: Load[] = [];
  const watch = (): Observer => ({
    considered({ candidates, count, now }: DispatchView) {
      if (count === 0) return;
      const { transfers, foreign, rate, backlog, ahead } = candidates[0];
      loads.push({ now, transfers, foreign, rate, backlog, ahead });
    },
  });
  const system = tinySystem({ ...changes, tracker: { inFlight: "truth", ...changes?.tracker } });
  const workload = tinyWorkload([100, 400], asks, { window: 300 });
  simulate(tinyRun({ system, workload, policies: namedPolicies("random") }), watch);
  return loads;
}

const IDLE = { transfers: 0, foreign: 0, backlog: 0, ahead: 0 };

test("what is in flight is what has really not moved yet", () => {
  // 20 B/s: 400 B from 0 s on alone, and with 100 B from 10 s on, which are over at 20 s.
  const asks: Ask[] = [
    [0, 0, 1],
    [10, 1, 0],
    [15, 2, 0],
    [60, 3, 1],
  ];
  assert.equal(seen({ customers: { classes: [{ share: 1, ...wide }] } }, asks), [
    { now: 0, rate: 20, ...IDLE },
    { now: 10, rate: 20, transfers: 1, foreign: 0, backlog: 200, ahead: 100 },
    { now: 15, rate: 20, transfers: 2, foreign: 0, backlog: 150 + 50, ahead: 100 + 50 },
    { now: 60, rate: 20, ...IDLE },
  ]);
});

const wide = { downlink: 1000, site: null, receiveWindow: Number.POSITIVE_INFINITY };

test("the rate is what the line carries, whatever is claimed, and what others leave of it", () => {
  const asks: Ask[] = [
    [0, 0, 0],
    [50, 1, 0],
    [100, 2, 0],
  ];
  const steps = [
    { at: 0, rate: 0 },
    { at: 40, rate: 15 },
    { at: 90, rate: 1000 },
  ];
  const conduct = { ...HONEST, offers: 1e6 };
  const background = { ...NO_BACKGROUND, uplink: steps };
  const rates = (volunteer: object) =>
    seen({ volunteers: [volunteer] }, asks).map(({ rate }) => rate);
  assert.equal(rates({ conduct, background }), [20, 5, 0.2]); // A hundredth at least.
  assert.equal(rates({ conduct, background, deliveryRate: 8 }), [8, 5, 0.2]);
});

test("a redirect is in flight before it has reached the volunteer, and no longer when it fails there", () => {
  const asks: Ask[] = [
    [0, 0, 0],
    [0, 1, 0],
    [0, 2, 0],
  ];
  const counts = (changes: Changes) => seen(changes, asks).map(({ transfers }) => transfers);
  assert.equal(counts({}), [0, 1, 2]);
  // The second comes when the first has failed: wrong bytes are all there at 5 s.
  const later: Ask[] = [
    [0, 0, 0],
    [6, 1, 0],
  ];
  const bad = { volunteers: [{ conduct: { ...HONEST, corrupts: 1 } }] };
  assert.equal(
    seen(bad, later).map(({ transfers }) => transfers),
    [0, 0],
  );
});

test("the truth is the same for all redirectors", () => {
  const asks: Ask[] = Array.from({ length: 12 }, (_, customer) => [customer / 100, customer, 1]);
  const known = seen({ server: { ...TINY_SERVER, redirectors: 4 } }, asks);
  assert.equal(
    known.map(({ transfers }) => transfers),
    asks.map((_, at) => at),
  );
});

test("what a customer has stopped is not in flight", () => {
  const asks: Ask[] = [
    [0, 0, 1],
    [10, 1, 0],
  ];
  const [, second] = seen({ customers: { patience: 4 } }, asks);
  assert.equal(second, { now: 10, rate: 20, ...IDLE });
});

test.run();
