import type { RequestTrace } from "./workload.ts";

/** A pause of more than so many seconds ends a visit, as web analytics has it since 1995. */
export const SESSION_GAP = 1800;

/**
 * The visit that each request belongs to, where nothing but the requests is known: those of one
 * customer without a pause of more than `SESSION_GAP`. Visits are numbered by their first requests.
 */
export function visitsByPause(
  { requests, time, customer }: Pick<RequestTrace, "requests" | "time" | "customer">,
  customers: number,
): Uint32Array {
  const visit = new Uint32Array(requests);
  const current = new Uint32Array(customers);
  const last = new Float64Array(customers).fill(Number.NEGATIVE_INFINITY);
  let visits = 0;
  for (let request = 0; request < requests; request++) {
    const who = customer[request];
    if (time[request] - last[who] > SESSION_GAP) current[who] = visits++;
    last[who] = time[request];
    visit[request] = current[who];
  }
  return visit;
}

/** The requests with their visits, where nothing but the requests is known. */
export function withVisits(
  trace: Omit<RequestTrace, "visit" | "visits">,
  customers: number,
): RequestTrace {
  const visit = visitsByPause(trace, customers);
  return { ...trace, visit, visits: countVisits(visit, trace.requests) };
}

/**
 * Numbers visits anew by their first requests, whatever numbers told them apart; in place. Takes 4
 * bytes for each number up to the largest.
 */
export function numberVisits(visit: Uint32Array): void {
  let largest = 0;
  for (let request = 0; request < visit.length; request++) {
    if (visit[request] > largest) largest = visit[request];
  }
  const numbers = new Uint32Array(largest + 1); // Counted from 1; 0 is one not yet met.
  let visits = 0;
  for (let request = 0; request < visit.length; request++) {
    if (numbers[visit[request]] === 0) numbers[visit[request]] = ++visits;
    visit[request] = numbers[visit[request]] - 1;
  }
}

/** How many visits the first `requests` requests belong to; visits are numbered by their first ones. */
export function countVisits(visit: ArrayLike<number>, requests: number): number {
  let visits = 0;
  for (let request = 0; request < requests; request++) {
    if (visit[request] >= visits) visits = visit[request] + 1;
  }
  return visits;
}
