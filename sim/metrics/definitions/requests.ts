import { family, SPANS } from "./definition.ts";

const VISITS = {
  population: "visits that arrive in the span: a recipe's own, in a log by pauses above 30 min",
  span: SPANS.arrivals,
  source: "metrics/collectors/visits.ts",
};

const VISIT_TIME =
  "time of a visit = end of its last file - arrival; measure.horizon if a file failed or it took longer";

const BOUND = {
  population:
    "the same visits, under policies that take no larger share of the bytes from the server",
  source: "runner/bounded-run.ts",
};

/** A longer time that is only known to reach the horizon may be any: see censored.ts. */
const quantile = (share: number) =>
  `R-7 quantile ${share}, or measure.horizon if the greater time beside it stands there`;

export const VISIT_METRICS = family(VISITS, [
  {
    name: "visit.total",
    ...{ unit: "count", better: "none", summary: "visits that arrived in the measured time" },
    formula: "their number",
  },
  {
    name: "visit.mean",
    ...{ unit: "s", better: "lower", horizon: "mean" },
    summary: "from a visit's arrival to its last file, restricted mean",
    formula: `mean; ${VISIT_TIME}`,
  },
  {
    name: "visit.p50",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "median time of a visit",
    formula: `${quantile(0.5)}; ${VISIT_TIME}`,
  },
  {
    name: "visit.p95",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "95th percentile of the time of a visit",
    formula: `${quantile(0.95)}; ${VISIT_TIME}`,
  },
  {
    name: "visit.p99",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "99th percentile of the time of a visit",
    formula: `${quantile(0.99)}; ${VISIT_TIME}`,
  },
  {
    name: "visit.worst",
    ...{ unit: "s", better: "lower", horizon: "mean" },
    summary: "mean time of the worst 1 % of visits",
    formula: `mean of the longest ceil(n / 100); ${VISIT_TIME}`,
  },
  {
    name: "visit.incomplete",
    ...{ unit: "ratio", better: "lower" },
    summary: "share of visits that did not get all within the horizon",
    formula: "visits with a failed file, or longer than measure.horizon / visits",
  },
  {
    name: "visit.bound",
    ...{ unit: "s", better: "none", ...BOUND },
    summary: "mean time of a visit that no dispatch policy could beat",
    formula:
      "as measure.bound says: each visit alone, or a linear programme over all; volunteers are taken " +
      "to be on line, honest, idle, and to hold what they could hold by then",
  },
  {
    name: "visit.gap",
    ...{ unit: "ratio", better: "lower", ...BOUND },
    summary: "mean time of a visit over that bound: the optimality gap",
    formula: "visit.mean / visit.bound",
  },
]);

const REQUESTS = {
  population: "requests that arrive in the span, failed ones included",
  span: SPANS.arrivals,
  source: "metrics/collectors/delays.ts",
};

const DELAY = "delay = end - when the customer asked; measure.horizon if it failed or took longer";
const ARRIVAL = "delay = end - arrival in the trace; measure.horizon if it failed or took longer";

export const DELAY_METRICS = family(REQUESTS, [
  {
    name: "delay.mean",
    ...{ unit: "s", better: "lower", horizon: "mean" },
    summary: "from asking the server to holding the verified file, restricted mean",
    formula: `mean; ${DELAY}`,
  },
  {
    name: "delay.p50",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "median delay",
    formula: `${quantile(0.5)}; ${DELAY}`,
  },
  {
    name: "delay.p95",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "95th percentile of the delay",
    formula: `${quantile(0.95)}; ${DELAY}`,
  },
  {
    name: "delay.p99",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "99th percentile of the delay",
    formula: `${quantile(0.99)}; ${DELAY}`,
  },
  {
    name: "delay.arrival.mean",
    ...{ unit: "s", better: "lower", horizon: "mean" },
    summary: "from the arrival in the trace, with the wait for the customer's own turn",
    formula: `mean; ${ARRIVAL}`,
  },
  {
    name: "delay.arrival.p50",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "median delay from the arrival",
    formula: `${quantile(0.5)}; ${ARRIVAL}`,
  },
  {
    name: "delay.arrival.p95",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "95th percentile of the delay from the arrival",
    formula: `${quantile(0.95)}; ${ARRIVAL}`,
  },
  {
    name: "delay.arrival.p99",
    ...{ unit: "s", better: "lower", horizon: "quantile" },
    summary: "99th percentile of the delay from the arrival",
    formula: `${quantile(0.99)}; ${ARRIVAL}`,
  },
  {
    name: "slowdown.mean",
    ...{ unit: "ratio", better: "lower", horizon: "mean" },
    summary: "delay over the delay from an idle server, mean",
    formula: `mean of delay / (round trips + bytes / rate of an idle way from the server); ${DELAY}`,
  },
]);

const GOT = "bytes wanted by requests that were served within measure.horizon";

export const REQUEST_METRICS = family(REQUESTS, [
  {
    name: "goodput.share",
    ...{
      unit: "ratio",
      better: "higher",
      summary: "share of the bytes asked for that arrived whole",
    },
    formula: `${GOT} / bytes wanted by all`,
  },
  {
    name: "goodput.rate",
    ...{ unit: "bytes/s", better: "higher", summary: "bytes of whole files over time" },
    formula: `${GOT} / seconds until the run ended`,
    span: SPANS.run,
  },
  {
    name: "requests.total",
    ...{ unit: "count", better: "none", summary: "requests of the measured time" },
    formula: "their number",
  },
  {
    name: "requests.failed",
    ...{ unit: "count", better: "lower", summary: "given up, or out of attempts" },
    formula: "their number",
  },
  {
    name: "requests.retried",
    ...{ unit: "count", better: "lower", summary: "attempts that failed and were not given up" },
    formula: "their number",
    source: "metrics/collectors/attempts.ts",
  },
  {
    name: "requests.digestFailed",
    ...{ unit: "count", better: "lower", summary: "attempts that brought wrong bytes, noticed" },
    formula: "their number",
    source: "metrics/collectors/attempts.ts",
  },
  {
    name: "requests.wrongAccepted",
    ...{ unit: "count", better: "lower", summary: "requests that kept wrong bytes unnoticed" },
    formula: "their number",
  },
  {
    name: "bytes.wasted",
    ...{ unit: "bytes", better: "lower", summary: "delivered in attempts that failed" },
    formula: "sum of what such attempts had sent",
    source: "metrics/collectors/attempts.ts",
  },
]);

const BACKLOG = {
  population: "requests that have arrived and not ended, whenever they arrived",
  span: SPANS.window,
  source: "metrics/course.ts",
};

/** How long the queue is, and when it is gone: counted at the start of each bin of measure.bin. */
export const BACKLOG_METRICS = family(BACKLOG, [
  {
    name: "backlog.most",
    ...{ unit: "count", better: "lower", summary: "requests that are open at once, most" },
    formula: "largest of the numbers at the start of each bin",
  },
  {
    name: "backlog.back",
    ...{ unit: "s", better: "lower", summary: "until a tenth of the most open requests is left" },
    formula:
      "start of the first bin after the one with backlog.most that begins with less than a tenth of it, or " +
      "the end of the window without one, - measure.from",
  },
]);

const TIMES = { ...REQUESTS, source: "metrics/collectors/time-spent.ts" };

/** Their sum is the mean time from the arrival to the end, without a horizon. */
export const TIME_METRICS = family(TIMES, [
  {
    name: "time.turn",
    ...{
      unit: "s",
      better: "lower",
      summary: "a request waits for the customer's earlier ones, mean",
    },
    formula: "mean of when the customer asked - arrival",
  },
  {
    name: "time.server",
    ...{ unit: "s", better: "lower", summary: "until it turns to its last source, mean" },
    formula:
      "mean of when it turned there, or the end if to nobody, - when it asked: silence, refusals, failed attempts",
  },
  {
    name: "time.opening",
    ...{ unit: "s", better: "lower", summary: "until that source begins to send, mean" },
    formula:
      "mean of the first byte, or the end if none came, - when it turned there: round trips, a cache's own fetch",
  },
  {
    name: "time.transfer",
    ...{ unit: "s", better: "lower", summary: "the file is on the way, mean" },
    formula: "mean of the end - the first byte, 0 if none came",
  },
]);
