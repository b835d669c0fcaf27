import { test } from "uvu";
import * as assert from "uvu/assert";
import { chunkedTime, clientServerTime, peerToPeerTime } from "./bounds.ts";
import { fluidAfter, fluidChange, steadyDownloadTime, steadyState } from "./fluid.ts";

const near = (actual: number, expected: number, relative = 1e-6) =>
  assert.ok(Math.abs(actual / expected - 1) < relative, `${actual} is not ${expected}`);

/** Kurose and Ross, section 2.5: F = 15 Gbit, server 30 Mb/s, downlinks 2 Mb/s. */
const [SIZE, SERVER, DOWN] = [15e9, 30e6, 2e6];

test("a server alone takes time in proportion to the receivers", () => {
  const times = [10, 100, 1000].map((n) => clientServerTime(SIZE, SERVER, n, DOWN));
  assert.equal(times, [7500, 50_000, 500_000]);
});

test("receivers that upload bound the time", () => {
  const cases = [
    [300e3, [7500, 25_000, 45_454.545_454]],
    [700e3, [7500, 15_000, 20_547.945_205]],
    [2e6, [7500, 7500, 7500]],
  ] as const;
  for (const [up, expected] of cases) {
    for (const [i, n] of [10, 100, 1000].entries()) {
      near(peerToPeerTime(SIZE, SERVER, new Array(n).fill(up), DOWN), expected[i]);
    }
  }
});

test("pieces passed on whole cost the depth of a binary tree, a piece each", () => {
  near(chunkedTime(1, 1, 40, 1), 6);
  near(chunkedTime(1, 1, 40, 16), 1.3125);
  near(chunkedTime(1, 1, 40, 1000), 1.005);
});

const swarm = {
  arrivals: 1,
  gives: 0,
  download: 0.002,
  upload: 0.00125,
  effectiveness: 1,
  leaves: 0.001,
};

test("a fluid swarm settles where Qiu and Srikant say", () => {
  near(steadyDownloadTime(swarm), 500);
  assert.equal(steadyState(swarm), { leechers: 500, seeds: 1000 });
  const fewer = { ...swarm, leaves: 0.005 };
  near(steadyDownloadTime(fewer), 600);
  near(steadyState(fewer).seeds, (120 * 1) / 0.6 / 1);
  const impatient = {
    ...swarm,
    upload: 0.001,
    leaves: 0.004,
    effectiveness: 0.8,
    gives: 0.0005,
  };
  near(steadyDownloadTime(impatient), 638.297_872);
  near(steadyState(impatient).seeds, 170.212_766);
});

test("a fluid swarm gets there from nothing", () => {
  for (const leaves of [0.001, 0.005]) {
    const it = { ...swarm, leaves };
    const late = fluidAfter(it, { leechers: 0, seeds: 0 }, 50_000, 10);
    near(late.leechers, steadyState(it).leechers, 1e-4);
    near(late.seeds, steadyState(it).seeds, 1e-4);
    const change = fluidChange(it, steadyState(it));
    assert.ok(Math.abs(change.leechers) < 1e-12 && Math.abs(change.seeds) < 1e-12);
  }
});

test.run();
