import { test } from "uvu";
import * as assert from "uvu/assert";
import { FLUID } from "../network/http/causes.ts";
import { rsyncCases } from "./rsync.ts";
import { folderOf } from "./testing.ts";

const HEADER =
  "scenario,n,method,client,bytes,time_s,rc,server_up_mbit,client_up_mbit,client_down_mbit,matched";

function cases(...rows: string[]) {
  const folder = folderOf({ "outcomes.csv": [HEADER, ...rows].join("\n") });
  return rsyncCases(folder, FLUID).time;
}

/** Payload bytes per second of 8 Mbit/s. */
const RATE = (1e6 * 1448) / 1514;

test("clients share the server's uplink, and are compared fastest with fastest", () => {
  const found = cases(
    "two,2,rsync,c0,1000000,2.5,0,8,8,20,0",
    "two,2,rsync,c1,1000000,2.1,0,8,8,20,0",
    "two,2,http,c1,1000000,2.1,0,8,8,20,",
  );
  assert.equal(
    found.map(({ measured }) => measured),
    [2.1, 2.5],
  );
  assert.equal(
    found.map(({ scenario }) => scenario.split(" ").slice(1).join(" ")),
    ["two c1", "two c0"],
  );
  // Both at half the rate, after 0.17 s of starting, with some bytes of protocol.
  for (const { simulated, naive } of found) {
    assert.ok(simulated > 0.17 + 2e6 / RATE && simulated < 0.18 + 2e6 / RATE, `${simulated}`);
    assert.ok(Math.abs(naive - 2e6 / RATE) < 1e-9);
  }
});

test("what the clients have already is not sent, and runs do not share with each other", () => {
  const [half, whole] = cases(
    "half,1,rsync,c0,1000000,1,0,8,8,20,500000",
    "whole,1,rsync,c0,1000000,1,0,8,8,20,0",
  );
  const saved = whole.simulated - half.simulated;
  assert.ok(saved > 0.45e6 / RATE && saved < 0.5e6 / RATE, `${saved}`);
});

test("a link without a cap limits nothing", () => {
  const [free] = cases("free,1,rsync,c0,1000000,1,0,8,,,0");
  assert.ok(Math.abs(free.simulated - (0.17 + 1e6 / RATE)) < 0.01);
});

test.run();
