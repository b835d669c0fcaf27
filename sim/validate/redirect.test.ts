import { test } from "uvu";
import * as assert from "uvu/assert";
import { HANDLING } from "../network/http/handling.ts";
import { redirect } from "./redirect.ts";
import { folderOf } from "./testing.ts";

const HEADER = "rep,kind,job,client,src,at_s,bytes,time_total_s,rc";

const scenario = {
  vols: [
    [4, 8],
    [8, 16],
  ],
  server_up: 10,
  cust_up: 10,
  cust_down: 10,
  rtt_ms_no_queue: 40.15,
  queue_packets: 50,
};

function replayed(...rows: string[]) {
  const outcomes = [HEADER, ...rows].join("\n");
  return redirect(folderOf({ "scenario.json": scenario, "outcomes.csv": outcomes }));
}

test("a redirect takes four round trips in all, a direct answer two", () => {
  // 10,000 bytes are within every burst and within the first window.
  const { perRequest } = replayed("0,get,0,c0,v1,0,10000,0.2,0", "0,get,1,c1,srv,9,10000,0.1,0");
  assert.ok(Math.abs(perRequest[0].simulated - 4 * 0.04015 - 2 * HANDLING) < 1e-9);
  assert.ok(Math.abs(perRequest[1].simulated - 2 * 0.04015 - HANDLING) < 1e-9);
});

test("a scenario's case is the mean of its requests, repetition by repetition", () => {
  const { perScenario, perRequest } = replayed(
    "0,get,0,c0,v0,0,10000,0.2,0",
    "0,get,1,c1,v1,5,10000,0.4,0",
    "1,get,0,c0,v0,0,10000,0.6,0",
    "1,sync,0,v1,srv,0,8000000,9,0",
    "1,get,1,c0,v0,0,10000,,28",
  );
  assert.equal(
    perScenario.map(({ measured }) => Math.round(measured * 1000)),
    [300, 600],
  );
  assert.is(perRequest.length, 3);
});

test("a synchronisation takes its share of the volunteer's links", () => {
  const rows = "0,get,0,c0,v0,0,1000000,2.2,0";
  const [alone] = replayed(rows).perRequest;
  const [beside] = replayed(rows, "0,sync,0,v1,v0,0,8000000,30,0").perRequest;
  assert.ok(beside.simulated > 1.5 * alone.simulated);
});

test("an unknown machine is an error", () => {
  assert.throws(() => replayed("0,get,0,c0,v2,0,1,1,0"), /unknown machine: v2; known: srv/);
});

test.run();
