import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, parse, problemsIn } from "./testing.ts";
import { readValueRange } from "./value-range.ts";

test("a range is two quantities of one kind or two numbers, with or without spaces", () => {
  const rate = { low: 125_000, high: 12_500_000, dimension: "rate" };
  assert.equal(readValueRange("1Mbit/s..100Mbit/s"), rate);
  assert.equal(readValueRange("1 Mbit/s .. 100 Mbit/s"), rate);
  assert.equal(readValueRange("0..1 h"), { low: 0, high: 3600, dimension: "duration" });
  assert.equal(readValueRange("0.5..8"), { low: 0.5, high: 8, dimension: null });
  assert.equal(readValueRange("1 MB..1 GB"), { low: 1e6, high: 1e9, dimension: "size" });
});

test("anything else is no range", () => {
  const isNone = (text: unknown) => "complaint" in readValueRange(text);
  for (const text of ["", "1", "1..", "1..2..3", "1 h..2", "1 h..2 MB", "a..b", 5, null]) {
    assert.ok(isNone(text), String(text));
  }
  assert.equal(readValueRange("8..1"), {
    complaint: { kind: "invalid", rule: "expected a range from low to high" },
  });
  assert.ok(isNone("8..8"));
});

test("an experiment may declare ranges, which are none of its results' business", () => {
  const declared = parse(`${minimal}ranges: { system.tracker.interval: 1 min..45 min }\n`);
  assert.equal(declared, parse(minimal));
});

test("a mistake in a range is reported at its place", () => {
  const [problem] = problemsIn(`${minimal}ranges:\n  system.tracker.interval: 1 min\n`);
  assert.match(
    problem,
    /^small.yaml:\d+:28: system.tracker.interval: expected a range such as .*; got "1 min"/,
  );
  assert.match(
    problemsIn(`${minimal}ranges: 5\n`)[0],
    /expected a mapping of paths to ranges; got 5/,
  );
});

test.run();
