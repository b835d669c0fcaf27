import { family, SPANS } from "./definition.ts";

const LOADS = {
  population: "volunteers, each while it could have served: on line, with a file as it is now",
  span: SPANS.run,
  source: "metrics/collectors/load.ts",
};

const LOAD = "load = bytes sent for measured requests / (uplink × seconds it could have served)";

export const LOAD_METRICS = family(LOADS, [
  {
    name: "volunteers.jain",
    ...{ unit: "ratio", better: "higher", summary: "Jain's index of the volunteers' load" },
    formula: `(Σ w x)² / (Σ w · Σ w x²), x = load, w = those seconds; ${LOAD}`,
  },
  {
    name: "volunteers.maxOverMean",
    ...{ unit: "ratio", better: "lower", summary: "largest load of a volunteer over the mean" },
    formula: `largest load / mean weighted by those seconds; ${LOAD}`,
  },
]);

const SYNCS = {
  population:
    "synchronisations that ended from measure.from until the run did, whole or interrupted: what lies in the span",
  span: SPANS.run,
  source: "metrics/collectors/synchronisation.ts",
};

const COPIES = "copies fetched in the span of files published since the start of the window";

export const SYNC_METRICS = family(SYNCS, [
  {
    name: "sync.hours",
    ...{ unit: "hours", better: "lower", span: SPANS.window },
    summary: "hours a day a volunteer synchronises, mean",
    formula: "hours of synchronising in the span / days / volunteers",
  },
  {
    name: "sync.maxHours",
    ...{ unit: "hours", better: "lower", span: "whole days of the window since measure.from" },
    summary: "hours of synchronising, most of any volunteer's days",
    formula: "largest over volunteers and days",
  },
  {
    name: "sync.minHours",
    ...{ unit: "hours", better: "lower", span: "whole days of the window since measure.from" },
    summary: "hours of synchronising, least of any volunteer's days",
    formula: "least over volunteers and days",
  },
  {
    name: "sync.serverBytes",
    ...{ unit: "bytes", better: "lower", population: "fetches that ended in the span" },
    summary: "sent by the server for synchronisation",
    formula: "sum of what volunteers took from the server",
  },
  {
    name: "sync.bound",
    ...{ unit: "bytes", better: "none", population: "contents published in the span" },
    ...{ span: SPANS.window, source: "metrics/recorder.ts" },
    summary: "new contents, each sent once",
    formula: "sum of the sizes of different contents; see sim/metrics/new-bytes.ts",
  },
  {
    name: "sync.peerBytes",
    ...{ unit: "bytes", better: "none", population: "fetches that ended in the span" },
    summary: "sent by volunteers to volunteers",
    formula: "sum of what volunteers took from each other",
  },
  {
    name: "sync.wireBytes",
    ...{ unit: "bytes", better: "lower", population: "fetches that ended in the span" },
    summary: "moved for synchronisation, all ways together",
    formula: "sum of what was taken from the server and from volunteers, and sent to the server",
  },
  {
    name: "sync.age",
    ...{ unit: "s", better: "lower", population: COPIES },
    summary: "from a file's release until a volunteer holds it, mean",
    formula: "mean of when it was there - when the file got these bytes",
  },
  {
    name: "sync.lastAge",
    ...{ unit: "s", better: "lower", population: COPIES },
    summary: "from a file's release until the last volunteer holds it, most",
    formula: "largest of when it was there - when the file got these bytes",
  },
  {
    name: "trust.auditBytes",
    ...{ unit: "bytes", better: "lower", population: "audits that ended in the span" },
    summary: "sent by volunteers for audits of their copies",
    formula: "sum of what audits took",
  },
]);

const DECISIONS = {
  population: "candidates with the file, at decisions on measured requests; with measure.beliefs",
  span: SPANS.arrivals,
  source: "metrics/collectors/belief-errors.ts",
};

export const BELIEF_METRICS = family(DECISIONS, [
  {
    name: "belief.transfers",
    ...{ unit: "ratio", better: "none" },
    summary: "transfers believed to be in flight at decisions, over those that were",
    formula: "sum believed / sum true",
  },
  {
    name: "belief.busyAsIdle",
    ...{ unit: "ratio", better: "lower" },
    summary: "share of busy candidates that were taken for idle",
    formula: "busy with none believed / busy",
  },
  {
    name: "belief.idleAsBusy",
    ...{ unit: "ratio", better: "lower" },
    summary: "share of idle candidates that were taken for busy",
    formula: "idle with some believed / idle",
  },
]);
