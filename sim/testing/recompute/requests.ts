import { mean, quantile, share, sum } from "./arithmetic.ts";
import type { Facts, Recomputed, RequestRow, RowsOfRun } from "./rows-of-run.ts";

/** The metrics of requests, and of where their time goes. */
export function requestMetrics(rows: RowsOfRun, { from, horizon }: Facts): Recomputed {
  const requests = rows.requests.filter(({ arrival_s }) => arrival_s >= from);
  const failed = requests.filter(isFailed);
  const since = (start: (request: RequestRow) => number) =>
    requests.map((request) =>
      isFailed(request) ? horizon : Math.min(horizon, request.end_s - start(request)),
    );
  const delays = since(({ asked_s }) => asked_s);
  const sinceArrival = since(({ arrival_s }) => arrival_s);
  const got = requests.filter(
    (request) => !isFailed(request) && request.end_s - request.asked_s <= horizon,
  );
  const gotBytes = sum(got.map(({ wanted_bytes }) => wanted_bytes));
  return {
    "requests.total": requests.length,
    "requests.failed": failed.length,
    "requests.wrongAccepted": requests.filter(({ outcome }) => outcome === "deceived").length,
    ...distribution("delay", delays, horizon),
    ...distribution("delay.arrival", sinceArrival, horizon),
    "goodput.share": share(gotBytes, sum(requests.map(({ wanted_bytes }) => wanted_bytes))),
    "goodput.rate": share(gotBytes, rows.runs[0].end_s - from),
    ...times(requests),
  };
}

function isFailed({ outcome }: RequestRow): boolean {
  return outcome === "failed";
}

export function distribution(name: string, values: readonly number[], horizon: number): Recomputed {
  return {
    [`${name}.mean`]: mean(values),
    [`${name}.p50`]: quantile(values, 0.5, horizon),
    [`${name}.p95`]: quantile(values, 0.95, horizon),
    [`${name}.p99`]: quantile(values, 0.99, horizon),
  };
}

/** What never came counts until the end: a request that turned to nobody waited for the server. */
function times(requests: readonly RequestRow[]): Recomputed {
  const turned = ({ turned_s, end_s }: RequestRow) => turned_s ?? end_s;
  const began = ({ first_byte_s, end_s }: RequestRow) => first_byte_s ?? end_s;
  const over = (seconds: (request: RequestRow) => number) => mean(requests.map(seconds));
  return {
    "time.turn": over(({ asked_s, arrival_s }) => asked_s - arrival_s),
    "time.server": over((request) => turned(request) - request.asked_s),
    "time.opening": over((request) => began(request) - turned(request)),
    "time.transfer": over((request) => request.end_s - began(request)),
  };
}
