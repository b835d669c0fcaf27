/** Known answers of queueing theory, and the table of stale feedback, with our policies dispatching. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, stream } from "../../testing.ts";
import type { Candidate } from "../dispatch.ts";
import { meanTime } from "../testing.ts";
import { leastLoaded } from "./least-loaded.ts";
import { powerOfD } from "./power-of-d.ts";
import { random } from "./random.ts";

test("fresh reports of many servers give the times of the supermarket model", () => {
  // E[T] = Σ_{i≥1} λ^((d^i − d)/(d − 1)) for infinitely many servers (Mitzenmacher, thesis, 1996);
  // for d = 1 it is the geometric series of M/M/1, 1/(1 − λ). Checked: d = 2, λ = 0.9 gives 2.6141.
  const supermarket = (load: number, d: number) => {
    let sum = 0;
    let exponent = 0; // 0, d, d + d², …
    for (let i = 1; i < 1000; i++) {
      sum += load ** exponent;
      exponent = exponent * d + d;
    }
    return sum;
  };
  near(supermarket(0.9, 2), 2.6141, 1e-4);
  near(supermarket(0.95, 3), 2.5351, 1e-4);
  for (const load of [0.5, 0.7, 0.9]) {
    for (const choices of [1, 2, 3]) {
      const queues = { servers: 40, load, lookEvery: 0, jobs: 150_000 };
      near(meanTime(powerOfD, { choices }, queues), supermarket(load, choices), 0.05);
    }
  }
});

test("one queue for all ≤ shortest queue ≤ best of two ≤ any", () => {
  // M/M/40 at 0.9 by Erlang's formula: probability of waiting C = 0.41156, E[T] = 1.102891.
  const queues = { servers: 40, load: 0.9, lookEvery: 0, jobs: 200_000 };
  const shortest = meanTime(leastLoaded, {}, queues);
  const bestOfTwo = meanTime(powerOfD, {}, queues);
  const any = meanTime(random, {}, queues);
  assert.ok(erlangTime(40, 36) <= shortest && shortest <= bestOfTwo && bestOfTwo <= any);
  near(erlangTime(40, 36), 1.102891, 1e-6);
  near(any, 10, 0.05); // M/M/1: 1 / (1 − 0.9).
});

test("stale reports: the table, and that counting own redirects heals the herd", () => {
  // Mean times of 40 servers at 0.9, when all queues are looked at together every so often. Made
  // with another simulation; Mitzenmacher, How Useful Is Old Information?, has the same shape.
  const every = [0, 0.1, 1, 5, 10, 30];
  const table: readonly (readonly [own: number, choices: number, times: readonly number[]])[] = [
    [0, 40, [1.22, 1.66, 4.65, 13.6, 27.1, 113]],
    [0, 2, [2.67, 2.74, 3.03, 4.07, 5.19, 9.14]],
    [0, 3, [2.12, 2.17, 2.64, 4.45, 6.45, 14.1]],
    [1, 40, [1.22, 1.35, 1.91, 2.73, 3.15, 3.83]],
    [1, 2, [2.67, 2.74, 2.87, 3.36, 3.72, 4.39]],
  ];
  for (const [own, choices, times] of table) {
    for (const [column, expected] of times.entries()) {
      const isHerd = own === 0 && choices === 40;
      const jobs = isHerd ? 400_000 : 150_000; // A herd is slow to forget.
      const queues = { servers: 40, load: 0.9, lookEvery: every[column], jobs };
      const [policy, params] = isHerd ? [leastLoaded, {}] : [powerOfD, { own, choices }];
      near(meanTime(policy, params, queues), expected, 0.05);
    }
  }
});

test("a board of seconds of work tells more than one of numbers of jobs", () => {
  // Together with own redirects it is as good as one queue for all, M/M/40, however old it is.
  const time = (told: "jobs" | "work", params: Record<string, number>, lookEvery: number) =>
    meanTime(powerOfD, params, { servers: 40, load: 0.9, lookEvery, jobs: 100_000, told });
  const stale = { own: 0, choices: 2 };
  assert.ok(time("work", stale, 1) < 0.9 * time("jobs", stale, 1));
  for (const lookEvery of [1, 30]) {
    near(time("work", { own: 1, choices: 40 }, lookEvery), erlangTime(40, 36), 0.05);
  }
});

test("balls in bins: two choices leave no bin with more than a few", () => {
  // n balls into n bins: the fullest has about ln n / ln ln n by one choice, 6.5 on average for
  // n = 10⁴, and ln ln n / ln d + O(1) by d choices, 3 for d = 2 and d = 3 (Azar et al., 1999).
  const fullest = (choices: number) => {
    const bins = Array.from(
      { length: 2000 },
      (_, node): Mutable => ({
        ...candidate(node),
      }),
    );
    const view = dispatchView(bins);
    const { decide } = bind(powerOfD, { choices });
    const draws = stream(choices);
    for (let ball = 0; ball < bins.length; ball++) bins[decide(view, draws).to].pending++;
    return Math.max(...bins.map(({ pending }) => pending));
  };
  const [one, two, three] = [1, 2, 3].map(fullest);
  assert.ok(5 <= one && one <= 8, `${one}`);
  assert.ok(3 <= two && two <= 4, `${two}`);
  assert.ok(2 <= three && three <= 3, `${three}`);
});

test.run();

type Mutable = { -readonly [Name in keyof Candidate]: Candidate[Name] };

/** E[T] of M/M/c with services of mean 1 and `rate` arrivals, by Erlang's B and C. */
function erlangTime(servers: number, rate: number): number {
  let blocked = 1;
  for (let c = 1; c <= servers; c++) blocked = (rate * blocked) / (c + rate * blocked);
  const waits = blocked / (1 - (rate / servers) * (1 - blocked));
  return 1 + waits / (servers - rate);
}

function near(actual: number, expected: number, tolerance: number): void {
  const isNear = Math.abs(actual / expected - 1) <= tolerance;
  assert.ok(isNear, `expected ${expected} within ${tolerance * 100} %; got ${actual}`);
}
