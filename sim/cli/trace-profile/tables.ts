import { formatShare, formatTime, formatValue } from "../../report/format.ts";
import type { TraceTable } from "../../report/trace-data.ts";
import type { FlashCrowd } from "../../workload/profile/crowds/flash-crowds.ts";
import type { AccessProfile } from "../../workload/profile/profile-access.ts";
import type { SyncProfile } from "../../workload/profile/sync.ts";

/** Rows that a table tells at most. */
const MOST_ROWS = 20;

export function tablesOf(profile: AccessProfile | SyncProfile): readonly TraceTable[] {
  return profile.kind === "access"
    ? [kindsTable(profile), crowdsTable(profile), sizesTable(profile), cachesTable(profile)]
    : [nodesTable(profile)];
}

function kindsTable({ kinds }: AccessProfile): TraceTable {
  return {
    title: "Kinds of files",
    columns: ["kind", "files", "bytes", "requests", "bytes delivered"],
    rows: kinds.map((row) => [
      row.kind,
      formatValue(row.files, "count"),
      formatValue(row.bytes, "bytes"),
      formatValue(row.requests, "count"),
      formatValue(row.uploadBytes, "bytes"),
    ]),
  };
}

/** The largest crowds by what they exceed, in order of time. */
function crowdsTable({ flashCrowds }: AccessProfile): TraceTable {
  const largest = [...flashCrowds].sort((a, b) => b.excess - a.excess).slice(0, MOST_ROWS);
  const rest = flashCrowds.length - largest.length;
  return {
    title: rest > 0 ? `Flash crowds, the ${MOST_ROWS} largest` : "Flash crowds",
    columns: ["start", "peak over base", "half-life", "customers an hour", "came for"],
    rows: largest
      .sort((a, b) => a.start - b.start)
      .map((crowd) => [
        formatTime(crowd.start),
        crowd.peakOverBase === null ? "from nothing" : `× ${crowd.peakOverBase.toFixed(1)}`,
        crowd.halfLife === null ? "–" : formatValue(crowd.halfLife, "s"),
        formatValue(Math.round(crowd.height), "count"),
        crowdLabel(crowd),
      ]),
  };
}

/** What a crowd came for, and whether all customers show it. */
export function crowdLabel({ subject, among }: FlashCrowd): string {
  if (subject === null) return "no one file, package or release";
  if (among === "release") return `${subject.name}, among those who want its packages`;
  return `${subject.kind} ${subject.name} (${formatShare(subject.share)} of what came on top)`;
}

function sizesTable({ sizes: { spread } }: AccessProfile): TraceTable {
  const rows = spread === null ? [] : Object.entries(spread.quantiles);
  return {
    title: "Sizes of files",
    columns: ["share below", "size"],
    rows: rows.map(([name, size]) => [`${name.slice(1)} %`, formatValue(size, "bytes")]),
  };
}

function cachesTable({ reuse }: AccessProfile): TraceTable {
  return {
    title: "What a cache of the files last used would answer",
    columns: ["size", "of the bytes asked for", "of the requests", "in any order"],
    rows: reuse.caches.map(({ share, hits, shuffled }) => [
      formatValue(share * reuse.bytes, "bytes"),
      formatShare(share),
      formatShare(hits),
      formatShare(shuffled),
    ]),
  };
}

function nodesTable({ perNode }: SyncProfile): TraceTable {
  return {
    title: "Nodes",
    columns: ["node", "synchronisations", "bytes", "hours a day: mean", "max", "min"],
    rows: perNode.map(({ node, syncs, bytes, mean, max, min }) => [
      ...[node, formatValue(syncs, "count"), formatValue(bytes, "bytes")],
      ...[mean, max, min].map((hours) => hours.toFixed(2)),
    ]),
  };
}
