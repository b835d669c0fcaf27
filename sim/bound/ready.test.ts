import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { simulate } from "../model/simulation.ts";
import { namedPolicies, tinyRun, tinySystem, tinyWorkload } from "../model/testing.ts";
import { readyTimes } from "./ready.ts";
import { worlds } from "./testing.ts";

const near = (found: ArrayLike<number>, expected: readonly number[]) =>
  assert.equal(
    Array.from(found, (time) => Math.round(time * 10) / 10),
    expected,
  );

/** Walks of 40 s that begin at 10 + 100 · 0.25 and 10 + 100 · 0.75, and again after 300 s each. */
const synchronisation = { first: 10, spread: 100, every: 300, walk: 40 };
const system = tinySystem({ volunteers: [{ count: 2 }], synchronisation });
const releasedAt = (time: number) => tinyWorkload([100], [], { released: { 0: time } });

test("new files come with the first synchronisation whose walk ends after they are published", () => {
  // Walks end at 75 and 125, then at 375 and 425.
  near(readyTimes(system, releasedAt(50), true), [75, 125]);
  near(readyTimes(system, releasedAt(100), true), [375, 125]);
  near(readyTimes(system, releasedAt(126), true), [375, 425]);
});

test("what is published at the end of a walk is fetched at once", () => {
  near(readyTimes(system, releasedAt(75), true), [75, 125]);
});

test("a file that changes is a new one", () => {
  const workload = tinyWorkload([100], [], { changes: [[100, 0]] });
  near(readyTimes(system, workload, true), [375, 125]);
});

test("without a timetable, or with a list of unknown length, they may come as they are published", () => {
  near(readyTimes(system, releasedAt(100), false), [100, 100]);
  const listed = tinySystem({ synchronisation: { ...synchronisation, list: 1 } });
  near(readyTimes(listed, releasedAt(100), true), [100]);
});

test("a cache fetches what it is asked for, published or not", () => {
  const caches = tinySystem({ volunteers: [{ caches: true }], synchronisation });
  near(readyTimes(caches, releasedAt(100), true), [Number.NEGATIVE_INFINITY]);
});

test("nobody is ready where nothing is published", () => {
  near(readyTimes(system, tinyWorkload([100], []), true), [Infinity, Infinity]);
});

test("in no run does a volunteer have a new file before it is taken to be ready", () => {
  const property = fc.property(worlds, ({ system, workload, dispatch, replication, seed }) => {
    const isSettled = replication === "everything" || replication === "rendezvous";
    const ready = readyTimes(system, workload, isSettled);
    const policies = namedPolicies(dispatch, replication);
    simulate(tinyRun({ system, workload, policies, streams: streams(seed) }), ({ engine }) => ({
      fetched: (volunteer, _file, publishedAt) => {
        if (publishedAt === Number.NEGATIVE_INFINITY) return;
        assert.ok(engine.now >= ready[volunteer], `${engine.now} is before ${ready[volunteer]}`);
      },
    }));
  });
  fc.assert(property, { numRuns: 300, includeErrorInReport: true });
});

test.run();
