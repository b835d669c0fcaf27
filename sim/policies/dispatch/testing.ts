/** How policies share requests out, and the queues of the theory of load balancing. */
import { type Bound, bind } from "../policy.ts";
import { candidate, dispatchView, replay, stream } from "../testing.ts";
import type {
  Candidate,
  Dispatch,
  DispatchEvent,
  DispatchPolicy,
  DispatchView,
} from "./dispatch.ts";

/** How often each candidate is chosen when the one draw takes the middles of `parts` equal parts. */
export function split(
  { decide }: Bound<DispatchView, Dispatch, DispatchEvent>,
  view: DispatchView,
  parts: number,
): number[] {
  const times = view.candidates.map(() => 0);
  for (let part = 0; part < parts; part++) {
    times[decide(view, replay([(part + 0.5) / parts])).to]++;
  }
  return times;
}

/** The share of `requests` that each candidate gets. */
export function shares(
  { decide }: Bound<DispatchView, Dispatch, DispatchEvent>,
  view: DispatchView,
  requests: number,
): number[] {
  const times = view.candidates.map(() => 0);
  const random = stream(1);
  for (let request = 0; request < requests; request++) times[decide(view, random).to]++;
  return times.map((count) => count / requests);
}

/**
 * Whether each share of so many requests is the expected one, within four standard deviations of a
 * binomial: what is not to be taken is never taken.
 */
export function isWithin(
  found: readonly number[],
  expected: readonly number[],
  requests: number,
): boolean {
  return expected.every((share, i) => {
    const deviation = Math.sqrt((share * (1 - share)) / requests);
    return Math.abs(found[i] - share) <= 4 * deviation;
  });
}

/** A place so many kilometres north of the one at 0, 0. */
export function north(kilometres: number) {
  return { latitude: (kilometres / 6371) * (180 / Math.PI), longitude: 0 };
}

export interface Queues {
  readonly servers: number;
  /** Arrivals for each server in the mean service time, which is 1. */
  readonly load: number;
  /** Time from one look at all queues to the next; 0 for a look before each decision. */
  readonly lookEvery: number;
  readonly jobs: number;
  /** What a look tells of a queue: its jobs, or the seconds of service that are left of them. */
  readonly told?: "jobs" | "work";
}

/**
 * Mean time of a job in the system: Poisson arrivals, one dispatcher, exponential services, each
 * server first come, first served. Queue lengths are the reported work, of one byte a job on an
 * uplink of one byte a unit of time; jobs sent since the last look are own redirects.
 */
export function meanTime(
  policy: DispatchPolicy,
  params: Readonly<Record<string, number>>,
  { servers, load, lookEvery, jobs, told = "jobs" }: Queues,
): number {
  const { decide } = bind(policy, params);
  const [arrivals, services, random] = [stream(1), stream(2), stream(3)];
  const queues = Array.from({ length: servers }, () => new Queue());
  const candidates = queues.map((_, node): Mutable => ({ ...candidate(node, { uplink: 1 }) }));
  const view = dispatchView(candidates, { size: 1 });
  let now = 0;
  let nextLook = 0;
  let total = 0;
  const warm = Math.floor(jobs / 10);
  for (let job = 0; job < jobs; job++) {
    now -= Math.log(1 - arrivals()) / (load * servers);
    if (now >= nextLook) {
      // The last look before now: looks are at whole multiples of `lookEvery`.
      const at = lookEvery === 0 ? now : Math.floor(now / lookEvery) * lookEvery;
      for (let i = 0; i < servers; i++) {
        const { [told]: seen } = { jobs: queues[i].lengthAt(at), work: queues[i].workAt(at) };
        candidates[i].pending = seen;
        candidates[i].redirected = 0;
      }
      nextLook = at + lookEvery;
    }
    const service = -Math.log(1 - services());
    const { to } = decide(view, random);
    candidates[to].redirected += told === "jobs" ? 1 : service;
    const time = queues[to].join(now, service);
    if (job >= warm) total += time;
  }
  return total / (jobs - warm);
}

type Mutable = { -readonly [Name in keyof Candidate]: Candidate[Name] };

/** One server's times of departure, in order. */
class Queue {
  readonly #departures: number[] = [];
  #first = 0;

  /** Jobs in the system; times must not decrease from call to call. */
  lengthAt(now: number): number {
    while (this.#first < this.#departures.length && this.#departures[this.#first] <= now) {
      this.#first++;
    }
    return this.#departures.length - this.#first;
  }

  /** Seconds of service that are left at a time no earlier than the last arrival. */
  workAt(now: number): number {
    return Math.max(0, (this.#departures.at(-1) ?? 0) - now);
  }

  /** Takes a job in, and returns its time in the system. */
  join(now: number, service: number): number {
    if (this.#first > 1024) {
      this.#departures.splice(0, this.#first);
      this.#first = 0;
    }
    const last = this.#departures.at(-1) ?? 0;
    const departure = Math.max(last, now) + service;
    this.#departures.push(departure);
    return departure - now;
  }
}
