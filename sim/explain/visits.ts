import type { Workload } from "../workload/workload.ts";
import type { Survey } from "./survey.ts";

/** How a visit came out. */
export interface SurveyedVisit {
  readonly visit: number;
  /** What it asked for, in the order of arrival. */
  readonly requests: readonly number[];
  /** Seconds from the start of the window. */
  readonly arrival: number;
  /** From the arrival to the end of its last file. */
  readonly seconds: number;
  /** Whether it got every file. */
  readonly isComplete: boolean;
}

/** The visits that arrived after `from`, by number. */
export function visitsOf(
  { end, accepted }: Survey,
  { trace }: Workload,
  from: number,
): SurveyedVisit[] {
  const requestsOf = new Map<number, number[]>();
  for (let request = 0; request < trace.requests; request++) {
    const own = requestsOf.get(trace.visit[request]);
    if (own === undefined) requestsOf.set(trace.visit[request], [request]);
    else own.push(request);
  }
  const visits = Array.from(requestsOf, ([visit, requests]): SurveyedVisit => {
    const arrival = Math.min(...requests.map((request) => trace.time[request]));
    const last = Math.max(...requests.map((request) => end[request]));
    const isComplete = requests.every((request) => accepted[request] === 1);
    return { visit, requests, arrival, seconds: last - arrival, isComplete };
  });
  return visits.filter(({ arrival }) => arrival >= from).toSorted((a, b) => a.visit - b.visit);
}
