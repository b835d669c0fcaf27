import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, client, dispatchView, known, replay } from "../../testing.ts";
import type { Candidate } from "../dispatch.ts";
import { PLAIN_VOLUNTEER, UNKNOWN_CLIENT } from "../facts.ts";
import { dragonfly, evaluation } from "./dragonfly.ts";

/** 134217728 bit/s, which is one piece of 16 MiB a second. */
const ONE_PIECE = 134_217_728 / 8;

test("up to one piece a second the concurrency counts nothing: 0.53 against 0.65 when idle", () => {
  // 0.6 · (0.5 + 0.3 + 0.2 · C) + 0.1 · 0.5 for a normal host, with C = 0 and C = 1.
  near(evaluation(candidate(0, { uplink: ONE_PIECE }), UNKNOWN_CLIENT), 0.53);
  near(evaluation(candidate(0, { uplink: ONE_PIECE + 1 }), UNKNOWN_CLIENT), 0.65);
});

test("load lowers the score by its parts", () => {
  const uplink = 2 * ONE_PIECE;
  const idle = candidate(0, { uplink });
  const half = { ...idle, uploadRate: uplink / 2 }; // 0.6 · 0.5 · 0.5 less.
  const queue = { ...idle, pending: 10 * uplink, redirected: 20 * uplink }; // 30 s of a minute.
  const crowd = { ...idle, transfers: 4 }; // 2 pieces a second for 4 transfers.
  near(evaluation(half, UNKNOWN_CLIENT), 0.65 - 0.15);
  near(evaluation(queue, UNKNOWN_CLIENT), 0.65 - 0.6 * 0.3 * 0.5);
  near(evaluation(crowd, UNKNOWN_CLIENT), 0.65 - 0.6 * 0.2 * 0.5);
});

test("the same site is worth 0.2, each step of the same place 0.02 until they part", () => {
  const facts = { continents: ["EU"], region: "alps", countries: ["AT"], site: "a" };
  const here = { continent: "EU", region: "alps", country: "AT", site: "a" };
  const idle = known(0, facts);
  near(evaluation(idle, client(here)), 0.53 + 0.2 + 3 * 0.02); // Not of the same system.
  near(evaluation(idle, client({ ...here, site: "b", region: "sea" })), 0.53 + 0.02);
});

test("who is not in the sample is not evaluated", () => {
  const busy = candidate(1, { uploadRate: 1e6 });
  const { decide } = bind(dragonfly, { sample: 1 });
  const view = dispatchView([candidate(0), busy]);
  // The first is in a sample of one of two below 1/2.
  assert.equal(
    [0.4, 0.6].map((draw) => decide(view, replay([draw])).to),
    [0, 1],
  );
});

test("those out of proportion come last, but are taken if alone", () => {
  const probed = (last: number, samples: number) =>
    known(0, { latency: { ...PLAIN_VOLUNTEER.latency, samples, last, mean: 2, deviation: 2 } });
  const loaded = candidate(1, { uploadRate: 1e6, pending: 1e9 });
  const choice = (first: Candidate) =>
    bind(dragonfly).decide(dispatchView([first, loaded]), replay([])).to;
  assert.is(choice(probed(41, 2)), 1); // 20 · 2 is passed.
  assert.is(choice(probed(40, 2)), 0);
  assert.is(choice(probed(41, 1)), 0);
  assert.is(choice(probed(9, 1999)), 0);
  assert.is(choice(probed(9, 2000)), 1); // 2 + 3 · 2 is passed.
  assert.is(choice(probed(8, 2000)), 0);
  assert.is(bind(dragonfly).decide(dispatchView([probed(41, 2)]), replay([])).to, 0);
});

test.run();

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `expected ${expected}; got ${actual}`);
}
