import { test } from "uvu";
import * as assert from "uvu/assert";
import { mainMetrics } from "./main-metrics.ts";
import { METRICS } from "./metric.ts";

test("the main metrics are there, and each says which way is better", () => {
  for (const hasRequests of [true, false]) {
    const main = mainMetrics(hasRequests);
    assert.ok(main.length >= 2);
    for (const name of main) {
      assert.is.not(METRICS.find((metric) => metric.name === name)?.better, "none", name);
    }
  }
  assert.ok(mainMetrics(true).includes("server.bytes"));
  assert.equal(mainMetrics(false), ["sync.serverBytes", "sync.age"]);
});

test.run();
