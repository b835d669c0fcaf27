import { mean, share } from "./arithmetic.ts";
import { distribution } from "./requests.ts";
import type { Facts, Recomputed, RequestRow, RowsOfRun } from "./rows-of-run.ts";

/** The metrics of visits, from the rows of requests: those of visits have to say the same. */
export function visitMetrics({ requests }: RowsOfRun, { from, horizon }: Facts): Recomputed {
  const visits = byVisit(requests).filter((visit) => arrivalOf(visit) >= from);
  const isIncomplete = (visit: readonly RequestRow[]) =>
    visit.some(({ outcome }) => outcome === "failed") || durationOf(visit) > horizon;
  const times = visits.map((visit) => (isIncomplete(visit) ? horizon : durationOf(visit)));
  const longest = times.toSorted((a, b) => b - a).slice(0, Math.ceil(times.length / 100));
  return {
    "visit.total": visits.length,
    ...distribution("visit", times, horizon),
    "visit.worst": mean(longest),
    "visit.incomplete": share(visits.filter(isIncomplete).length, visits.length),
  };
}

function byVisit(requests: readonly RequestRow[]): RequestRow[][] {
  const visits = new Map<number, RequestRow[]>();
  for (const request of requests) {
    const visit = visits.get(request.visit) ?? [];
    visits.set(request.visit, visit);
    visit.push(request);
  }
  return [...visits.values()];
}

function arrivalOf(visit: readonly RequestRow[]): number {
  return visit.reduce((first, { arrival_s }) => Math.min(first, arrival_s), Infinity);
}

function durationOf(visit: readonly RequestRow[]): number {
  return visit.reduce((last, { end_s }) => Math.max(last, end_s), 0) - arrivalOf(visit);
}
