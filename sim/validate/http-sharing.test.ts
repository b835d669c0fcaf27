import { test } from "uvu";
import * as assert from "uvu/assert";
import { FLUID } from "../network/http/causes.ts";
import { HANDLING } from "../network/http/handling.ts";
import { httpSharing } from "./http-sharing.ts";
import { folderOf, SHARING_HEADER, sharingScenario } from "./testing.ts";

/** 8 Mbit/s less headers, in payload bytes per second. */
const RATE = (1e6 * 1448) / 1514;

test("a single download is predicted from its caps, its distance and its burst", () => {
  const folder = folderOf({
    "scenario.json": sharingScenario([100]),
    "outcomes.csv": `${SHARING_HEADER}\n0,0,c0,0.0,10000,0.09,200,0,0.1\n`,
  });
  const [found] = httpSharing(folder);
  // Within the burst of 15,140 bytes and the first window: two round trips and nothing else.
  assert.ok(Math.abs(found.simulated - 2 * 0.04015 - HANDLING) < 1e-9);
  assert.ok(Math.abs(found.naive - 10_000 / RATE) < 1e-9);
  assert.is(found.measured, 0.09);
});

test("transfers that the schedule makes alike are compared by rank, others one by one", () => {
  const folder = folderOf({
    "scenario.json": sharingScenario([null, null, 1]),
    "outcomes.csv": [
      SHARING_HEADER,
      "0,0,c0,0,3000000,9,200,0,9",
      "0,1,c1,0,3000000,5,200,0,5",
      "0,2,c2,0,100000,1,200,0,1",
    ].join("\n"),
  });
  const found = httpSharing(folder, FLUID);
  // c2 has 1 Mbit/s and ends first; the others share the rest of 7 Mbit/s, then all of 8. Measured 5
  // stands before 9, as the fastest of two alike.
  assert.equal(
    found.map(({ measured }) => measured),
    [5, 9, 1],
  );
  const slow = 100_000 / (RATE / 8);
  const equal = (6e6 + 100_000) / RATE;
  for (const [at, seconds] of [equal, equal, slow].entries()) {
    assert.ok(Math.abs(found[at].simulated - seconds) < 1e-6, `${found[at].simulated}`);
  }
});

test("a transfer starts when its process has; a failed one is left out", () => {
  const outcomes = (exit: number) =>
    [
      SHARING_HEADER,
      "0,0,c0,0,1000000,2,200,0,2",
      `0,1,c1,0,1000000,2,200,0,${exit}`,
      "0,2,c1,0,1000000,,0,7,",
    ].join("\n");
  const run = (exit: number) =>
    httpSharing(
      folderOf({ "scenario.json": sharingScenario([null, null]), "outcomes.csv": outcomes(exit) }),
      FLUID,
    ).map(({ simulated }) => simulated);
  const [together] = run(2);
  assert.ok(Math.abs(together - 2e6 / RATE) < 1e-6);
  assert.equal(run(2).length, 2);
  const [first] = run(12); // The other's process started 10 s later, when this one was through.
  assert.ok(Math.abs(first - 1e6 / RATE) < 1e-6);
});

test("a train is its client's files one after the other, over one connection or many", () => {
  const train = (isNew: boolean) =>
    folderOf({
      "scenario.json": {
        server_up_mbit: 8,
        clients: 1,
        client_down_mbit: 100,
        new_connection_per_file: isNew,
        rtt_ms_no_queue: 40.15,
        tbf_burst_bytes: 20_000,
      },
      "outcomes.csv": "rep,client,seq,bytes,time_total_s\n0,c0,0,2000,0.08\n0,c0,1,3000,0.04\n",
    });
  // Each file is within the burst: two round trips a new connection, one on a kept one.
  const [fresh] = httpSharing(train(true));
  const [kept] = httpSharing(train(false));
  assert.ok(Math.abs(fresh.simulated - 4 * 0.04015 - 2 * HANDLING) < 1e-9);
  assert.ok(Math.abs(kept.simulated - 3 * 0.04015 - 2 * HANDLING) < 1e-9);
  assert.ok(Math.abs(kept.measured - 0.12) < 1e-9);
  assert.is(kept.bytes, 2500);
});

test("a host that shapes itself loses nothing, so that equal downloads end alike", () => {
  const ends = (shaper: string) => {
    const found = httpSharing(
      folderOf({
        "scenario.json": { ...sharingScenario([null, null, null, null], 0.15), shaper },
        "outcomes.csv": [
          SHARING_HEADER,
          ...[0, 1, 2, 3].map((at) => `0,${at},c${at},0,5000000,20,200,0,20`),
        ].join("\n"),
      }),
    );
    const seconds = found.map(({ simulated }) => simulated);
    return Math.max(...seconds) / Math.min(...seconds);
  };
  assert.ok(ends("host") < 1.02);
  assert.ok(ends("router") > 1.05);
});

test("an outcome of a client that the scenario does not name is an error", () => {
  const folder = folderOf({
    "scenario.json": sharingScenario([null]),
    "outcomes.csv": `${SHARING_HEADER}\n0,0,c9,0,1000,1,200,0,1\n`,
  });
  assert.throws(() => httpSharing(folder), /unknown client: c9; known: c0, server/);
});

test.run();
