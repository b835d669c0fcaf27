import type { Experiment, Variant } from "../../experiment/config/experiment.ts";
import type { CustomersSpec, ServerSpec, TrackerSpec, TransportSpec } from "../../model/system.ts";
import { CAUSE_TEXTS, CAUSES } from "../../network/http/causes.ts";
import { formatDuration, formatSetting, formatTime } from "../../report/format.ts";
import type { SetupTable } from "../../report/setup-data.ts";
import { backgroundText, counted, listed, onOffText, percent } from "./words.ts";

type Row = readonly [term: string, text: string];

const rate = (bytes: number) => formatSetting(bytes, "bytes/s");

/** The settings of the system beside its machines, term by term. */
export function systemRows({ system }: Pick<Variant, "system">): Row[] {
  const { server, sites, customers, synchronisation, placement, tracker, transport } = system;
  return [
    ["Server", serverText(server)],
    ["Between sites", `backbone: ${rate(sites.backbone)}`],
    ["Each customer", customerText(customers)],
    ["Synchronisation", synchronisationText(synchronisation)],
    ["Placement", `looked at every ${formatDuration(placement.every)}`],
    ["Tracker", trackerText(tracker)],
    ["Transport, in force", causesText(transport, true)],
    ["Transport, left out", causesText(transport, false)],
  ];
}

/** How it was measured and how often. `replications`: runs of each cell, as many as there are. */
export function measureRows(
  { measure, seed, until }: Pick<Experiment, "measure" | "seed" | "until">,
  replications: number,
): Row[] {
  const more =
    until === undefined
      ? ""
      : `, as many as ${until.metric} needed, at most ${formatSetting(until.max, "count")}`;
  return [
    [
      "Measured",
      `from ${formatTime(measure.from)} on, in bins of ${formatDuration(measure.bin)}; visits and ` +
        `requests that failed or took longer count as ${formatDuration(measure.horizon)}` +
        `${measure.beliefs ? ", with what the server believes to be in flight" : ""}`,
    ],
    [
      "Replications",
      `${counted(replications, "replication")}${more}; seed ${seed}; all policies meet the same chance in each ` +
        "(common random numbers)",
    ],
  ];
}

/** Every cause of the network model, with what it is. */
export function causeTable({ causes, queue, burst }: TransportSpec): SetupTable {
  const sizes: Readonly<Record<string, string>> = {
    queueWait: `; queues of ${formatSetting(queue, "bytes")}`,
    burst: `; bursts of ${formatSetting(burst, "bytes")}`,
  };
  return {
    title: "Transport: what makes a download differ from a fluid",
    columns: ["cause", "in force", "what it is"],
    rows: CAUSES.map((cause) => {
      const text = `${CAUSE_TEXTS[cause]}${sizes[cause] ?? ""}`;
      return [cause, causes[cause] ? "yes" : "no", text];
    }),
    isFolded: true,
  };
}

function serverText(spec: ServerSpec): string {
  const { uplink, redirectors, price, site, failures, background } = spec;
  const others = backgroundText(background);
  return [
    `uplink ${rate(uplink)}`,
    ...(redirectors === 1 ? [] : [`${redirectors} redirectors, each with customers of its own`]),
    ...(site === null ? [] : [`stands in ${site}`]),
    ...(price === 0 ? [] : [`${price} a GB`]),
    ...(failures === null ? [] : [onOffText(failures, "up", "down")]),
    ...(others === null ? [] : [`traffic of others ${others}`]),
  ].join(", ");
}

function customerText(spec: CustomersSpec): string {
  const { parallel, keepAlive, patience, attempts, timeout, rtt, uploads } = spec;
  return [
    `${counted(parallel, "download")} at once`,
    `gives a request up after ${formatDuration(patience)} or ${counted(attempts, "attempt")}`,
    `waits ${formatDuration(timeout)} for a machine that does not answer`,
    `round trip ${formatDuration(rtt)}`,
    keepAlive ? "uses connections again" : "a new connection for each download",
    uploads === null
      ? "passes nothing on"
      : `passes on what it has: uplink ${rate(uploads.uplink)}, ${counted(uploads.slots, "file")} ` +
        `at a time, until ${formatDuration(uploads.stays)} after its last`,
  ].join("; ");
}

function synchronisationText(spec: Variant["system"]["synchronisation"]): string {
  const { every, first, spread, walk, list, method, batch } = spec;
  return [
    `method ${listed(method)}`,
    `every ${formatDuration(every)}, first at ${formatTime(first)}, spread over ${formatTime(spread)}`,
    `walk of ${formatDuration(walk)}`,
    ...(list === 0 ? [] : [`list of ${formatSetting(list, "bytes")}`]),
    ...(spec.yields ? ["yields to deliveries"] : []),
    ...(spec.rate === Number.POSITIVE_INFINITY ? [] : [`at most ${rate(spec.rate)}`]),
    ...(spec.weight === 1 ? [] : [`weight ${spec.weight} against a delivery`]),
    ...(batch === 0 ? [] : [`batches of ${formatSetting(batch, "bytes")}`]),
    ...(spec.fuzzy ? ["finds earlier versions under other names"] : []),
    `round trip ${formatDuration(spec.rtt)}`,
  ].join("; ");
}

const REPORTS: Readonly<Record<TrackerSpec["reports"], string>> = {
  totals: "announces tell totals of bytes",
  active: "announces tell totals of bytes and transfers under way",
  receipts: "announces tell totals of bytes and the transfers that have ended",
};

const IN_FLIGHT: Readonly<Record<TrackerSpec["inFlight"], string>> = {
  "by-request": "a redirect counts as in flight until what its volunteer announces ends it",
  "next-request": "a redirect counts as in flight until the customer's next request",
  redirects: "a redirect counts as in flight by estimate, whatever is announced",
  reports: "what was in flight at the last announce counts, and nothing since",
  none: "nothing counts as in flight",
  truth: "what is in flight is the truth, from an oracle that no server could have",
};

function trackerText(tracker: TrackerSpec): string {
  const { interval, timeout, together, lost, probe, reports, inFlight } = tracker;
  const when = together ? ", all at once" : "";
  return [
    `announces every ${formatDuration(interval)}${when}, gone after ${formatDuration(timeout)} without one`,
    REPORTS[reports],
    ...(lost === 0 ? [] : [`${percent(lost)} of announces are lost`]),
    probe === Number.POSITIVE_INFINITY ? "no probes" : `probes every ${formatDuration(probe)}`,
    `${IN_FLIGHT[inFlight]} (${inFlight})`,
  ].join("; ");
}

function causesText({ causes }: TransportSpec, isInForce: boolean): string {
  return listed(CAUSES.filter((cause) => causes[cause] === isInForce)) || "none";
}
