/** Before something changes in a running system nothing can tell that it will. */
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { initialCount, volunteersOf } from "./machines.ts";
import { type Run, simulate } from "./simulation.ts";
import { SYNC_METHODS, type SystemSpec } from "./system.ts";
import {
  type Ask,
  changing,
  comesAndGoes,
  DEAF,
  namedPolicies,
  type Other,
  successor,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";

const CLASS = {
  ...{ count: fc.nat(3), uplink: fc.constantFrom(5, 20, 40), downlink: fc.constantFrom(5, 20) },
  shared: fc.constantFrom(10, 40),
};

const anyOther = fc.record(
  {
    ...{ at: fc.double({ min: 1, max: 1500, noNaN: true }), server: fc.constantFrom(5, 10, 30) },
    volunteers: fc.tuple(fc.record(CLASS), fc.record(CLASS)),
    ...{ interval: fc.constantFrom(30, 100), every: fc.constantFrom(200, 1000) },
    rate: fc.constantFrom(5, 15),
  },
  { requiredKeys: ["at"] },
);

const anyPlay = fc.record({
  ...{ other: anyOther, takesOver: fc.boolean(), method: fc.constantFrom(...SYNC_METHODS) },
  volunteers: fc.tuple(fc.record(CLASS), fc.record(CLASS)),
  dispatch: fc.constantFrom("random", "rendezvous", "tracker-informed", "round-robin"),
  asks: fc.array(fc.tuple(fc.double({ min: 0, max: 1500, noNaN: true }), fc.nat(5), fc.nat(2))),
});

test("before a change everything happens as without it", () => {
  fc.assert(
    fc.property(anyPlay, ({ other, takesOver, method, volunteers, dispatch, asks }) => {
      const [steady, volatile] = volunteers;
      const tiny: Parameters<typeof tinySystem>[0] = {
        volunteers: [
          { ...steady, name: "b", background: STEPS },
          { ...volatile, name: "a", sessions: comesAndGoes(300, 100), coverage: 0.7 },
        ],
        placement: { every: 150 },
        tracker: { lost: 0.1, probe: 70 },
        synchronisation: { method, rate: 10, spread: 300 },
      };
      const until = (others: readonly Other[], successors: Run["successors"] = []) => {
        const system = changing(tinySystem(tiny), others);
        const run = { asks: asks.toSorted((a, b) => a[0] - b[0]), dispatch, successors };
        return heardBefore(other.at, system, run);
      };
      const plain = until([]);
      assert.equal(until([other], [takesOver ? successor() : null]), plain);
    }),
    { numRuns: 60 },
  );
});

const STEPS = {
  uplink: [
    { at: 0, rate: 1 },
    { at: 700, rate: 2 },
  ],
  downlink: null,
};

/** Every event, note and draw before `at`; what those draw by themselves who come later is theirs. */
function heardBefore(
  at: number,
  system: SystemSpec,
  { asks, dispatch, successors }: { asks: Ask[]; dispatch: string; successors: Run["successors"] },
): string[] {
  const heard: string[] = [];
  let isOver = false;
  const say = (line: string) => {
    if (!isOver) heard.push(line);
  };
  const tap = {
    ...DEAF,
    noted: (what: string, value: number) => say(`${what} ${value}`),
    fired(time: number, kind: string, subject: number) {
      isOver ||= time >= at;
      say(`${time} ${kind} ${subject}`);
    },
  };
  const later = volunteersOf(system)
    .slice(initialCount(system))
    .map(({ name }) => `volunteer ${name} `);
  const chance = streams(2);
  const spied = (name: string) => {
    const stream = chance(name);
    return () => {
      if (!later.some((machine) => name.includes(machine))) say(`draw ${name}`);
      return stream();
    };
  };
  const workload = tinyWorkload([100, 70, 30], asks, { window: 1600, released: { 1: 400 } });
  const policies = namedPolicies(dispatch);
  const run = tinyRun({
    system,
    workload,
    policies,
    tap,
    streams: spied,
    ...(successors && { successors }),
  });
  simulate(run, () => ({}));
  return heard;
}

test.run();
