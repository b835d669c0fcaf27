import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { simulate } from "../simulation.ts";
import { SYNC_METHODS } from "../system.ts";
import { comesAndGoes, namedPolicies, tinyRun, tinySystem, tinyWorkload } from "../testing.ts";
import { wholeChunksOf } from "./plan.ts";
import { Fetch } from "./pull.ts";

const DAY = 86_400;

test("whole chunks are kept, and never all of them: the last ends the file", () => {
  assert.is(wholeChunksOf(100, 0.39, 10), 30);
  assert.is(wholeChunksOf(100, 0, 10), 0);
  assert.is(wholeChunksOf(100, 1, 10), 90);
  assert.is(wholeChunksOf(95, 1, 10), 90);
});

test("only what the last stage moves brings the file", () => {
  const part = (bytes: number) => ({ from: 0, to: -1, bytes });
  const plan = { stages: [[part(10)], [part(40)]], chunk: 10, kept: () => 0, behind: null };
  const fetch = new Fetch(plan);
  fetch.nextStage();
  fetch.ended(10);
  assert.is(
    fetch.progress(() => 0),
    0,
  );
  fetch.nextStage();
  fetch.flows.set(7, part(40));
  assert.is(
    fetch.progress(() => 30),
    0.25,
  );
});

for (const method of SYNC_METHODS) {
  test(`${method}: through leaving and coming back, bytes are conserved and every file arrives once`, () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 2, max: 6 }), (seed, count) => {
        const files = 12;
        const released = Object.fromEntries(
          [...Array(files).keys()].map((f) => [f + files, f * 500]),
        );
        const earlier = Object.fromEntries(
          [...Array(files).keys()].map((f) => [
            f + files,
            { file: f, likeness: { block: 10, share: 0.4, index: 0.2 } },
          ]),
        );
        const workload = tinyWorkload(
          [...Array(2 * files).keys()].map((f) => 50 + 37 * (f % files)),
          [],
          {
            released,
            earlier,
            twins: { [files + 3]: 3, [files + 5]: files + 4 },
            // Ten bytes a piece and as many a second: messages take longer than what they are about.
            window: (method === "swarm-exact" ? 12 : 3) * DAY,
          },
        );
        const system = tinySystem({
          tracker: { interval: 3600, timeout: 7200, lost: 0, completed: seed % 2 === 0 },
          synchronisation: {
            ...{ method, every: 1000, spread: 700, walk: 5, fuzzy: seed % 2 === 0 },
            ...{ batch: (seed % 3) * 150, superSeeding: seed % 4 < 2 },
          },
          volunteers: [
            { count, sessions: comesAndGoes(60, 30) },
            { count: 2, coverage: 0.5 },
          ],
        });
        const bytes = { pulled: 0, exchanged: 0, returned: 0 };
        const arrived = new Set<string>();
        let links = { down: 0, up: 0, server: 0 };
        const run = tinyRun({
          system,
          workload,
          streams: streams(seed),
          policies: namedPolicies("origin-only"),
          sampleEvery: DAY,
        });
        simulate(run, ({ network, topology }) => ({
          pulled: (_, moved) => {
            bytes.pulled += moved;
          },
          exchanged: (to, from, moved) => {
            assert.is.not(to, from);
            bytes.exchanged += moved;
          },
          returned: (_, moved) => {
            bytes.returned += moved;
          },
          fetched: (volunteer, file) => {
            assert.not.ok(arrived.has(`${volunteer} ${file}`));
            arrived.add(`${volunteer} ${file}`);
          },
          sampled: () => {
            const sum = (of: readonly number[]) =>
              of.reduce((total, link) => total + network.carried(link), 0);
            links = {
              down: sum(topology.links("volunteerDownlink")),
              up: sum(topology.links("volunteerUplink")),
              server: sum(topology.links("serverUplink")),
            };
          },
        }));
        const near = (a: number, b: number) =>
          assert.ok(Math.abs(a - b) < 1e-3, `${a} is not ${b}`);
        near(links.server, bytes.pulled);
        near(links.down, bytes.pulled + bytes.exchanged);
        near(links.up, bytes.exchanged + bytes.returned);
        // Those that come and go are complete mirrors: each gets all twelve files in time.
        for (let volunteer = 0; volunteer < count; volunteer++) {
          const got = [...arrived].filter((key) => key.startsWith(`${volunteer} `)).length;
          assert.is(got, files, `volunteer ${volunteer}`);
        }
      }),
      { seed: 4, numRuns: 8, includeErrorInReport: true },
    );
  });
}

test.run();
