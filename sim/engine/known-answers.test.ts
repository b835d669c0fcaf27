/** Queues whose answers are in every textbook, built on the engine and its streams. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "./engine.ts";
import { exponential, streams } from "./random.ts";

const JOBS = 400_000;

/** Mean time in a first-come first-served queue with `servers` servers of rate 1. */
function meanSojourn(servers: number, arrivalRate: number, seed: number): number {
  const engine = new Engine({ maxEvents: 4 * JOBS });
  const arrivals = streams(seed)("arrivals");
  const services = streams(seed)("services");
  const arrivedAt = new Float64Array(JOBS);
  const waiting: number[] = [];
  let next = 0;
  let head = 0;
  let busy = 0;
  let total = 0;

  const serve = (job: number) => engine.after(exponential(services, 1), departed, job);
  const departed = engine.kind("departed", (job) => {
    total += engine.now - arrivedAt[job];
    if (head < waiting.length) serve(waiting[head++]);
    else busy--;
  });
  const arrived = engine.kind("arrived", (job) => {
    arrivedAt[job] = engine.now;
    if (++next < JOBS) engine.after(exponential(arrivals, 1 / arrivalRate), arrived, next);
    if (busy < servers) {
      busy++;
      serve(job);
    } else waiting.push(job);
  });
  engine.at(0, arrived, 0);
  engine.drain();
  return total / JOBS;
}

function within(share: number, actual: number, expected: number): void {
  assert.ok(Math.abs(actual / expected - 1) < share, `${actual} is not ${expected}`);
}

test("M/M/1: the mean time in the system is 1/(μ − λ)", () => {
  within(0.02, meanSojourn(1, 0.5, 1), 2);
  within(0.05, meanSojourn(1, 0.8, 2), 5);
});

// Erlang C gives the share that waits; T = C/(cμ − λ) + 1/μ.
// For c = 2, λ = 1.6: C = 0.7111, T = 2.7778; c = 4, 3.2: 0.5964, 1.74555; c = 10, 8: 0.40918, 1.20459.
test("M/M/c: the mean time in the system follows Erlang C", () => {
  for (const [servers, rate] of [
    [2, 1.6],
    [4, 3.2],
    [10, 8],
  ] as const) {
    within(0.03, meanSojourn(servers, rate, servers), erlangSojourn(servers, rate));
  }
  within(1e-4, erlangSojourn(2, 1.6), 2.7778);
  within(1e-4, erlangSojourn(4, 3.2), 1.74555);
  within(1e-4, erlangSojourn(10, 8), 1.20459);
});

function erlangSojourn(servers: number, rate: number): number {
  let term = 1; // rate^k / k!
  let sum = 1;
  for (let k = 1; k < servers; k++) {
    term *= rate / k;
    sum += term;
  }
  const last = (term * rate) / servers / (1 - rate / servers);
  return last / (sum + last) / (servers - rate) + 1;
}

test.run();
