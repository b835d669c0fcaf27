/** A number that a run is judged by. */
export interface Metric {
  /** Dotted, most general part first: `delay.p95`. Published names are never reused. */
  readonly name: string;
  readonly unit: "bytes" | "bytes/s" | "s" | "hours" | "ratio" | "count" | "units";
  readonly summary: string;
  readonly better: "lower" | "higher" | "none";
}

/** Every metric, in the order of reports. A value is null where it is not defined. */
export const METRICS = [
  metric("server.bytes", "bytes", "lower", "sent by the server, deliveries and synchronisation"),
  metric("server.bound", "bytes", "none", "new contents that are asked for, each sent once"),
  metric("server.peakRate", "bytes/s", "lower", "highest mean rate of the server over one bin"),
  metric("server.share", "ratio", "lower", "share of delivered bytes that came from the server"),
  metric("delay.mean", "s", "lower", "from asking the server to holding the verified file"),
  metric("delay.bound", "s", "none", "mean delay that no policy could beat, knowing everything"),
  metric("delay.gap", "ratio", "lower", "mean delay over that bound: the optimality gap"),
  metric("delay.p50", "s", "lower", "median delay of completed requests"),
  metric("delay.p95", "s", "lower", "95th percentile of the delay"),
  metric("delay.p99", "s", "lower", "99th percentile of the delay"),
  metric("slowdown.mean", "ratio", "lower", "delay over the delay from an idle server, mean"),
  metric("requests.total", "count", "none", "requests asked in the measured time"),
  metric("requests.failed", "count", "lower", "given up, or out of attempts"),
  metric("requests.retried", "count", "lower", "attempts after the first"),
  metric("requests.digestFailed", "count", "lower", "requests that were sent wrong bytes"),
  metric("requests.wrongAccepted", "count", "lower", "requests that kept wrong bytes unnoticed"),
  metric("bytes.wasted", "bytes", "lower", "delivered in attempts that failed"),
  metric("volunteers.jain", "ratio", "higher", "Jain's index of the volunteers' load"),
  metric("volunteers.maxOverMean", "ratio", "lower", "largest load of a volunteer over the mean"),
  metric("sync.hours", "hours", "lower", "hours a day a volunteer synchronises, mean"),
  metric("bytes.serverUplink", "bytes", "none", "over the server's uplink"),
  metric("bytes.volunteerUplink", "bytes", "none", "over the volunteers' uplinks"),
  metric("bytes.volunteerDownlink", "bytes", "none", "over the volunteers' downlinks"),
  metric("bytes.customerDownlink", "bytes", "none", "over the customers' downlinks"),
  metric("bytes.customerUplink", "bytes", "none", "over the customers' uplinks"),
  metric("cost.total", "units", "lower", "of all bytes sent, at the experiment's prices"),
  metric("trust.auditBytes", "bytes", "lower", "sent by volunteers for audits of their copies"),
  metric("sync.maxHours", "hours", "lower", "hours of synchronising, most of any volunteer's days"),
  metric(
    "sync.minHours",
    "hours",
    "lower",
    "hours of synchronising, least of any volunteer's days",
  ),
  metric("sync.serverBytes", "bytes", "lower", "sent by the server for synchronisation"),
  metric("sync.peerBytes", "bytes", "none", "sent by volunteers to volunteers"),
  metric("sync.wireBytes", "bytes", "lower", "moved for synchronisation, all ways together"),
  metric("sync.age", "s", "lower", "from a file's release until a volunteer holds it, mean"),
  metric(
    "sync.lastAge",
    "s",
    "lower",
    "from a file's release until the last volunteer holds it, most",
  ),
  metric(
    "belief.transfers",
    "ratio",
    "none",
    "transfers believed to be in flight at decisions, over those that were",
  ),
  metric(
    "belief.busyAsIdle",
    "ratio",
    "lower",
    "share of busy candidates that were taken for idle",
  ),
  metric(
    "belief.idleAsBusy",
    "ratio",
    "lower",
    "share of idle candidates that were taken for busy",
  ),
] as const;

export type MetricName = (typeof METRICS)[number]["name"];

function metric<const Name extends string>(
  name: Name,
  unit: Metric["unit"],
  better: Metric["better"],
  summary: string,
): Metric & { readonly name: Name } {
  return { name, unit, summary, better };
}
