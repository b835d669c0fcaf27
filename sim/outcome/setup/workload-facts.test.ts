import { test } from "uvu";
import * as assert from "uvu/assert";
import { tinyWorkload } from "../../model/testing.ts";
import { workloadFacts } from "./workload-facts.ts";

test("files and bytes are summed, those released within the window and those asked for apart", () => {
  const workload = tinyWorkload(
    [100, 60, 7],
    [
      [0, 0, 0],
      [10, 1, 1],
      [5000, 0, 1],
    ],
    { released: { 1: 400 }, window: 6000 },
  );
  assert.equal(workloadFacts(workload), {
    ...{ files: 3, bytes: 167, released: 60, requests: 3, wanted: 220 },
    busiestHour: 160, // The other 60 are asked for in the second hour.
    ...{ visits: 3, customers: 2, window: 6000 }, // The first customer came back after 83 minutes.
  });
});

test.run();
