import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { parseCurve } from "./curve.ts";
import { readText } from "./files/text.ts";

const HEADER = "hours,lower_quartile,median,upper_quartile";

test("a curve is its hours and medians", () => {
  assert.equal(parseCurve(`${HEADER}\n0,0,0,0\n24,0.1,0.2,0.3\n`, "c.csv"), [
    { hours: 0, share: 0 },
    { hours: 24, share: 0.2 },
  ]);
});

test("a curve that falls, starts late or is no table is an error with its line", () => {
  const problem = (text: string) => {
    try {
      parseCurve(text, "c.csv");
    } catch (error) {
      if (error instanceof InputError) return error.problems[0];
    }
    return undefined;
  };
  const expected = "expected hours and shares rising from 0; got";
  assert.is(
    problem(`${HEADER}\n0,0,0,0\n1,0,0.5,0\n2,0,0.4,0`),
    `c.csv: line 4: ${expected} 2,0,0.4,0`,
  );
  assert.is(problem(`${HEADER}\n1,0,0,0\n2,0,0.5,0`), `c.csv: line 2: ${expected} 1,0,0,0`);
  assert.is(problem(`${HEADER}\n0,0,0,0\nx,y,z`), `c.csv: line 3: ${expected} x,y,z`);
  assert.is(problem("a,b"), `c.csv: line 1: expected ${HEADER}; got "a,b"`);
  assert.match(problem(`${HEADER}\n0,0,0,0`) ?? "", "at least two points");
});

test("of four weeks' downloads 7.9 % came in the first day and 38 % in the first week", () => {
  const curve = parseCurve(readText("traces/release-curve.csv"), "traces/release-curve.csv");
  const share = (hours: number) =>
    curve.find((point) => point.hours === hours)?.share ?? Number.NaN;
  assert.ok(Math.abs(share(24) - 0.079) < 0.001);
  assert.ok(Math.abs(share(168) - 0.382) < 0.001);
});

test.run();
