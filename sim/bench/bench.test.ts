import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../cli/testing.ts";
import { readBaseline, worsened } from "./baseline.ts";
import { isRatio } from "./benchmark.ts";
import { BENCHMARKS, chosen } from "./benchmarks.ts";
import { jsonOf, textOf } from "./shown.ts";
import { spreads } from "./spreads.ts";

test("the first round is cold, and of the others the median, the lowest and the highest are kept", () => {
  const rounds = [9, 1, 3, 2].map((milliseconds) => ({ "a.milliseconds": milliseconds }));
  assert.equal(spreads(rounds), { "a.milliseconds": { median: 2, low: 1, high: 3, cold: 9 } });
  assert.equal(spreads(rounds.slice(0, 1)), {
    "a.milliseconds": { median: 9, low: 9, high: 9, cold: 9 },
  });
});

test("a figure that the first round lacks has no cold one", () => {
  assert.equal(spreads([{}, { "a.bytes": 1 }]), {
    "a.bytes": { median: 1, low: 1, high: 1, cold: null },
  });
});

test("a ratio worse by more than a quarter is told; one that grows is worse when higher", () => {
  const accepted = { "a.overCpp": 4, "b.costGrowth": 2 };
  assert.equal(worsened({ "a.overCpp": 3, "b.costGrowth": 2.5 }, accepted), []);
  assert.equal(worsened({ "a.overCpp": 40, "b.costGrowth": 0.1, "new.overCpp": 1 }, accepted), []);
  assert.equal(worsened({ "a.overCpp": 2, "b.costGrowth": 3 }, accepted), [
    "a.overCpp: expected 4.00; got 2.00, 50 % worse",
    "b.costGrowth: expected 2.00; got 3.00, 50 % worse",
  ]);
});

test("the accepted figures are ratios only, which mean the same on every machine", () => {
  const accepted = readBaseline();
  assert.ok(Object.keys(accepted).length > 0);
  for (const [key, ratio] of Object.entries(accepted)) {
    assert.ok(isRatio(key), key);
    assert.ok(Object.hasOwn(BENCHMARKS, key.split(".")[0]), key);
    assert.ok(ratio > 0, key);
  }
});

test("names are chosen by commas; unknown ones are told with those that there are", () => {
  assert.equal(chosen("hot,hold"), ["hot", "hold"]);
  assert.equal(chosen(undefined), Object.keys(BENCHMARKS));
  assert.match((chosen("hold,hodl") as { problem: string }).problem, /^unknown benchmark: hodl; /);
});

test("an unknown name ends with exit code 2 and nothing is measured", () => {
  const args = ["--import", "tsx", "sim/bench/main.ts", "--only", "nonsense"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
  });
  assert.is(status, 2);
  assert.is(stdout, "");
  assert.match(stderr, /^unknown benchmark: nonsense; known: hold, star, hot/);
});

const MACHINE = { processor: "P", cores: 2, memory: 8e9, system: "linux 6", node: "v20.0.0" };

test("ratios come first, and JSON has the median by the key itself", () => {
  const figures = spreads([{ "hold.1e4.opsPerSecond": 2e6, "hold.1e4.overHeap": 3 }]);
  const text = textOf({ machine: MACHINE, figures });
  assert.match(text, /^P, 2 cores, 8\.0 GB, linux 6, Node v20\.0\.0\n/);
  assert.ok(text.indexOf("overHeap") < text.indexOf("opsPerSecond"));
  assert.match(text, /opsPerSecond +2\.00 M \(2\.00 M to 2\.00 M\), 2\.00 M/);
  const json = JSON.parse(jsonOf({ machine: MACHINE, figures }));
  assert.is(json["hold.1e4.opsPerSecond"], 2e6);
  assert.is(json.spreads["hold.1e4.overHeap"].cold, 3);
});

test.run();
