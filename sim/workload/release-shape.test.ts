import { test } from "uvu";
import * as assert from "uvu/assert";
import { arrivals, exponentialShape, measuredShape } from "./release-shape.ts";
import { type Rhythm, weeklyRhythm } from "./rhythm.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

const steady: Rhythm = { factor: () => 1, elapsed: (time) => time, timeAt: (elapsed) => elapsed };
const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);

test("without a rhythm the exponential shape is the exponential distribution", () => {
  const { share } = arrivals(exponentialShape(10 * HOUR), steady, { at: 0, until: 3 * DAY });
  for (const hours of [0, 1, 10, 24, 50]) near(share(hours * HOUR), 1 - Math.exp(-hours / 10));
});

test("the exponential shape has a time constant of 14.9 h, so that 80 % come on the first day", () => {
  const { share } = arrivals(exponentialShape(), steady, { at: 0, until: 3 * DAY });
  near(share(DAY), 0.8);
  near(share(14.9 * HOUR), 1 - Math.exp(-1), 1e-3);
});

test("without a rhythm a measured shape goes through the measured points", () => {
  const curve = [
    { hours: 0, share: 0 },
    { hours: 6, share: 0.1 },
    { hours: 24, share: 0.3 },
    { hours: 72, share: 0.6 },
    { hours: 96, share: 1 },
  ];
  const { share } = arrivals(measuredShape(curve), steady, { at: 0, until: 3 * DAY });
  for (const point of curve.slice(0, -1)) near(share(point.hours * HOUR), point.share);
});

test("a first-day share is met exactly, whatever the shape, the rhythm and the time of release", () => {
  const flat = measuredShape([
    { hours: 0, share: 0 },
    { hours: 24, share: 0.08 },
    { hours: 168, share: 0.38 },
  ]);
  for (const at of [0, 33 * HOUR, 5 * DAY + 1]) {
    for (const firstDay of [0.2, 0.8]) {
      for (const shape of [flat, exponentialShape()]) {
        const course = { at, until: at + 2 * DAY, firstDay };
        near(arrivals(shape, weeklyRhythm("monday"), course).share(DAY), firstDay);
      }
    }
  }
});

test("a greater eagerness multiplies the hazard and so keeps the measured course", () => {
  const shape = measuredShape([
    { hours: 0, share: 0 },
    { hours: 24, share: 0.5 },
    { hours: 48, share: 0.6 },
  ]);
  // Hazard of the days: ln 2 and ln(0.5/0.4). A first day of 3/4 = 1 - (1/2)^2 doubles both, so
  // (0.4)^2 = 0.16 is left after the second.
  const course = { at: 0, until: 2 * DAY, firstDay: 0.75 };
  near(arrivals(shape, steady, course).share(2 * DAY), 0.84);
});

test("the hazard follows the rhythm", () => {
  const rhythm = weeklyRhythm("monday");
  const { share } = arrivals(exponentialShape(100 * DAY), rhythm, { at: 0, until: 7 * DAY });
  const hour = (number: number) => share((number + 1) * HOUR) - share(number * HOUR);
  near(hour(15) / hour(4), rhythm.factor(15 * HOUR) / rhythm.factor(4 * HOUR), 0.02);
});

test("ageAt is the inverse of share, and infinite beyond the window", () => {
  const course = { at: 9 * HOUR, until: 3 * DAY };
  const { ageAt, share } = arrivals(exponentialShape(), weeklyRhythm("tuesday"), course);
  for (let age = 0; age < 3 * DAY - 9 * HOUR; age += 1234) near(ageAt(share(age)), age, 1e-4);
  assert.is(ageAt(0), 0);
  assert.is(ageAt(0.9999999), Number.POSITIVE_INFINITY);
});

test.run();
