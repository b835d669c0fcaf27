import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { simulate } from "../model/simulation.ts";
import { namedPolicies, TINY_SERVER, tinyRun, tinySystem, tinyWorkload } from "../model/testing.ts";
import { clairvoyantBound, shortestFirst, type Visits } from "./clairvoyant.ts";
import { Recorder } from "./recorder.ts";

function visits(jobs: readonly { at: number; bytes: number }[]): Visits {
  return { count: jobs.length, at: jobs.map(({ at }) => at), bytes: jobs.map((job) => job.bytes) };
}

test("the least work first: by hand", () => {
  // 10 at 0; at 2 a job of 3 passes it, when 8 are left: done at 5 and 13. Sum 3 + 13.
  const two = visits([
    { at: 0, bytes: 10 },
    { at: 2, bytes: 3 },
  ]);
  assert.is(shortestFirst(two, 1), 16);
  assert.is(shortestFirst(two, 2), 5 + 1.5 + 1.5); // Done at 3.5 and 6.5.
  assert.is(shortestFirst(visits([]), 1), 0);
  assert.is(shortestFirst(visits([{ at: 7, bytes: 4 }]), 2), 2);
});

test("an order that serves the most work first is never better", () => {
  const job = fc.record({ at: fc.nat(50), bytes: fc.integer({ min: 1, max: 30 }) });
  fc.assert(
    fc.property(fc.array(job, { minLength: 1, maxLength: 20 }), (jobs) => {
      const inOrder = jobs.toSorted((a, b) => a.at - b.at);
      let now = 0;
      let fifo = 0;
      for (const { at, bytes } of inOrder) {
        now = Math.max(now, at) + bytes;
        fifo += now - at;
      }
      assert.ok(shortestFirst(visits(inOrder), 1) <= fifo + 1e-9);
    }),
  );
});

const bound = (asks: Parameters<typeof tinyWorkload>[1], uplinks: number[], downlink: number) =>
  clairvoyantBound({
    workload: tinyWorkload([100, 100], asks, { window: 100 }),
    from: 0,
    uplinks,
    downlinkOf: () => downlink,
    opening: () => 1,
  }).meanDelay;

test("few customers are bounded by their own links, many by all uplinks together", () => {
  assert.is(bound([[0, 0, 0]], [50, 10], 20), 1 + 5);
  assert.is(bound([[0, 0, 0]], [10, 10], 20), 1 + 10);
  // Two visits of 100 B each at 20 B/s together: done after 5 and 10 s.
  assert.is(
    bound(
      [
        [0, 0, 0],
        [0, 1, 0],
      ],
      [10, 10],
      200,
    ),
    Math.max(1 + 10, (5 + 10) / 2),
  );
  // One customer with ten requests is busy for all of them, each of which waits for itself alone.
  const ten = Array.from({ length: 10 }, () => [0, 0, 0] as const);
  assert.is(bound(ten, [10, 10], 200), Math.max(1 + 10, 1000 / 20 / 10));
});

test("no policy beats the bound in any small system", () => {
  const asks = fc.array(fc.tuple(fc.nat(300), fc.nat(5), fc.nat(2)), {
    minLength: 1,
    maxLength: 40,
  });
  const volunteers = fc.array(
    fc.record({ count: fc.nat(2).map((n) => n + 1), uplink: fc.constantFrom(5, 20, 100) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  fc.assert(
    fc.property(
      asks,
      volunteers,
      fc.constantFrom("origin-only", "random", "least-loaded", "tracker-informed"),
      fc.constantFrom(1, 3),
      (found, classes, dispatch, parallel) => {
        const workload = tinyWorkload(
          [10, 300, 900],
          found.sort(([a], [b]) => a - b),
          { window: 400 },
        );
        const system = tinySystem({
          server: { ...TINY_SERVER, uplink: 15 },
          volunteers: classes,
          customers: { parallel },
        });
        let recorder: Recorder | undefined;
        const run = { system, workload, policies: namedPolicies(dispatch), streams: streams(5) };
        simulate(tinyRun(run), (world) => {
          recorder = new Recorder(world, system, workload, { from: 0, horizon: 1e9, bin: 100 });
          return recorder;
        });
        const gap = recorder?.finish().metrics["delay.gap"] ?? Number.NaN;
        assert.ok(gap >= 1 - 1e-9, `the gap is ${gap}`);
      },
    ),
    { numRuns: 200 },
  );
});

test("the server has to send each new content once, if anybody asks for it", () => {
  const workload = tinyWorkload(
    [100, 200, 400, 800],
    [
      [50, 0, 0],
      [60, 0, 1],
      [61, 1, 1],
      [70, 0, 2],
    ],
    {
      released: { 1: 10, 2: 20, 3: 30 },
      twins: { 2: 1 },
      window: 100,
    },
  );
  const { serverBytes } = clairvoyantBound({
    workload,
    from: 0,
    uplinks: [1],
    downlinkOf: () => 1,
    opening: () => 0,
  });
  assert.is(serverBytes, 200); // File 0 is old, 2 has the content of 1, and nobody wants 3.
});

test.run();
