import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, parse, problemsIn } from "./testing.ts";

const withUntil = (until: string) => `${minimal}until: ${until}\n`;
const until = (text: string) => parse(withUntil(text)).until;

/** What is wrong, without its place and what is shown of the file. */
const problems = (text: string) =>
  problemsIn(withUntil(text)).map((problem) => problem.split("\n")[0].replace(/^[^ ]* /, ""));

test("half-widths are shares of the mean, or in the metric's unit", () => {
  const halfWidth = (metric: string, written: string) =>
    until(`{ metric: ${metric}, halfWidth: ${written}, max: 20 }`)?.halfWidth;
  assert.equal(halfWidth("delay.p95", "5 %"), { relative: 0.05 });
  assert.equal(halfWidth("delay.p95", "2.5%"), { relative: 0.025 });
  assert.equal(halfWidth("delay.p95", "10 s"), { absolute: 10 });
  assert.equal(halfWidth("delay.p95", "1 min 30 s"), { absolute: 90 });
  assert.equal(halfWidth("server.bytes", "1 GB"), { absolute: 1e9 });
  assert.equal(halfWidth("server.peakRate", "8 kbit/s"), { absolute: 1000 });
  assert.equal(halfWidth("sync.hours", "30 min"), { absolute: 0.5 });
  assert.equal(halfWidth("volunteers.jain", "0.01"), { absolute: 0.01 });
});

test("an experiment without it has no such field", () => {
  assert.not.ok("until" in parse(minimal));
});

test("every mistake is told, in the metric's unit", () => {
  assert.equal(problems("{ metric: delay.p94, halfWidth: 5 %, max: 20 }").length, 1);
  assert.match(problems("{ metric: delay.p94, halfWidth: 5 %, max: 20 }")[0], "unknown metric");
  assert.equal(problems("{ metric: delay.p95, halfWidth: 1 GB, max: 20 }"), [
    "unknown unit: GB; known: ms, s, min, h, d",
  ]);
  assert.equal(problems("{ metric: delay.p95, halfWidth: 10, max: 20 }"), [
    "invalid halfWidth: 10; expected a duration with its unit, such as 10 s",
  ]);
  assert.equal(problems("{ metric: sync.hours, halfWidth: 2, max: 20 }"), [
    "invalid halfWidth: 2; expected a duration with its unit, such as 2 h",
  ]);
  assert.equal(problems("{ metric: volunteers.jain, halfWidth: 5 s, max: 20 }"), [
    'halfWidth: expected a number (ratio) or a share such as 5 %; got "5 s"',
  ]);
  assert.equal(problems("{ metric: delay.p95, halfWidth: 0, max: 20 }"), [
    "invalid halfWidth: 0; not in (0, ∞) s",
  ]);
  assert.equal(problems("{ metric: delay.p95, halfWidth: 120 %, max: 20 }"), [
    "invalid halfWidth: 120 %; not in (0, 100] %",
  ]);
  assert.equal(problems("{ metric: delay.p95, halfWidth: [5], max: 20 }"), [
    "halfWidth: expected a share such as 5 % or a quantity; got a list",
  ]);
  assert.equal(problems("{ metric: delay.p95, halfWidth: 5 %, max: 2 }"), [
    "invalid max: 2; not in [3, 10000]",
  ]);
});

test("there may be no more replications at first than there can be", () => {
  assert.equal(problems("{ metric: delay.p95, halfWidth: 5 %, max: 9 }"), [
    "invalid max: 9; not in [10, 10000], from replications on",
  ]);
  const few = { overrides: { replications: "3" } };
  const text = withUntil("{ metric: delay.p95, halfWidth: 5 %, max: 9 }");
  assert.equal(problemsIn(text, few), []);
});

test.run();
