import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import { variedExperiment } from "../runner/testing.ts";
import { changeOf, gain, settingsOf, withChoices } from "./contest.ts";

const LOWER = { better: "lower", unit: "hours" } as const;
const HIGHER = { better: "higher", unit: "ratio" } as const;

test("a gain is the logarithm of a ratio, above zero where the value is better", () => {
  assert.is(gain(1, 2, LOWER), Math.log(2));
  assert.is(gain(1, 2, HIGHER), -Math.log(2));
});

test("what parts by rounding gains nothing, and without a ratio there is no telling", () => {
  assert.is(gain(1 + 1e-12, 1, LOWER), 0);
  assert.is(gain(0, 0, LOWER), 0);
  assert.is(gain(0, 1, LOWER), null);
  assert.is(gain(1, 0, LOWER), null);
  assert.is(gain(null, 1, LOWER), null);
  assert.is(gain(1, null, LOWER), null);
});

test("a gain of a factor of two halves what is to be low, and doubles what is to be high", () => {
  const goal = { name: "visit.mean" } as const;
  assert.is(changeOf(Math.log(2), { ...goal, ...LOWER }), -0.5);
  assert.is(changeOf(Math.log(2), { ...goal, ...HIGHER }), 1);
});

test("the settings of an experiment are its variants, without the policies that are compared", () => {
  const experiment = variedExperiment("{ dispatch: origin-only }");
  assert.equal(settingsOf(experiment, "dispatch"), [
    ...["interval 1 min + size two", "interval 1 min + size nine"],
    ...["interval 30 min + size two", "interval 30 min + size nine"],
  ]);
});

test("choices take the place of the family's own in every variant, and nothing is compared", () => {
  const experiment = variedExperiment("{ dispatch: origin-only }");
  const choices = ["a", "b", "c"].map((name) => ({ name, params: {} }));
  const made = withChoices(experiment, "dispatch", choices);
  assert.is(made.compare, null);
  const names = cells(made).map(({ dispatch }) => dispatch.name);
  assert.equal(names, ["a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c"]);
});

test.run();
