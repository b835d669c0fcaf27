import { test } from "uvu";
import * as assert from "uvu/assert";
import { METRICS } from "../metrics/metric.ts";
import { falseAlarms } from "./false-alarms.ts";

const found = falseAlarms(3);

test("policies that are one and the same are told apart by what they draw, metric by metric", () => {
  for (const { metrics, main, contradictions } of [found.paired, found.unpaired]) {
    assert.equal(
      [...metrics.keys()],
      METRICS.map(({ name }) => name),
    );
    for (const { alone, family, p } of metrics.values()) {
      for (const share of [alone, family, p]) assert.ok(0 <= share && share <= 1);
    }
    assert.ok(0 <= main && main <= 1);
    assert.is(contradictions, 0);
  }
});

test("pairs meet the same visits, so that what policies cannot change is no difference", () => {
  const { metrics } = found.paired;
  for (const name of ["visit.total", "requests.total", "sync.hours"] as const) {
    assert.is(metrics.get(name)?.alone, 0, name);
    assert.is.not(found.skewness.get(name), null, "it is not the same in every run");
  }
  assert.is(found.skewness.get("bytes.customerUplink"), null);
});

test.run();
