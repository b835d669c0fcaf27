import { test } from "uvu";
import * as assert from "uvu/assert";
import { HANDLING } from "../network/http/handling.ts";
import { chunkFetch } from "./chunk-fetch.ts";
import { folderOf } from "./testing.ts";

test("chunks are asked for one by one; the last one is what is left", () => {
  const folder = folderOf({
    "scenario.json": { server_up_mbit: 10, rtt_ms_no_queue: 50, tbf_burst_bytes: 25_000 },
    "outcomes.csv": "size,chunk,total_s\n10000,4000,0.2\n",
  });
  const [found] = chunkFetch(folder);
  // Three chunks within the burst: a round trip each, and one more to connect.
  assert.ok(Math.abs(found.simulated - 10_000 / (4 * 0.05 + 3 * HANDLING)) < 1e-6);
  assert.is(found.measured, 50_000);
});

test("a receiver with a small buffer slows the fetch, and the naive model does not know", () => {
  const rate = (receiver_tcp_rmem_max: number | null) =>
    chunkFetch(
      folderOf({
        "scenario.json": { server_up_mbit: 10, rtt_ms_no_queue: 50, receiver_tcp_rmem_max },
        "outcomes.csv": "size,chunk,total_s\n1000000,1000000,1\n",
      }),
    )[0];
  assert.ok(rate(16_384).simulated < 0.5 * rate(null).simulated);
  assert.is(rate(16_384).naive, rate(null).naive);
});

test.run();
