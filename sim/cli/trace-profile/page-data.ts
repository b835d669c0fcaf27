import { formatValue } from "../../report/format.ts";
import type { AccessRows, TraceData } from "../../report/trace-data.ts";
import { rankShares } from "../../workload/profile/popularity/rank-law.ts";
import type { AccessProfile } from "../../workload/profile/profile-access.ts";
import { figuresOf } from "./figures.ts";
import type { Profiled } from "./profiled.ts";
import { crowdLabel, tablesOf } from "./tables.ts";

/** Hours from which a course is told by days. */
const LONG = 120 * 24;

/** The rows of a trace's page. */
export function tracePageData(profiled: Profiled): TraceData {
  const { name, profile, notes } = profiled;
  return {
    name: name.replace(/\.(mlt|gz|zst)$/g, ""),
    title: profile.kind === "access" ? `Downloads: ${name}` : `Synchronisations: ${name}`,
    summary: summaryOf(profiled),
    figures: figuresOf(profiled),
    tables: tablesOf(profile),
    access: profile.kind === "access" ? accessRows(profile) : null,
    sync: profile.kind === "sync" ? { hours: profile.hours, nodes: profile.perNode } : null,
    notes,
  };
}

function summaryOf({ profile, targets }: Profiled): string {
  const days = `${Number(profile.days.toFixed(1))} days`;
  const made = targets === null ? "" : " It was generated; its targets stand beside it.";
  if (profile.kind === "sync") {
    return `${formatValue(profile.syncs, "count")} synchronisations of ${profile.nodes} nodes in ${days}.${made}`;
  }
  const { epoch, requests, customers, files } = profile;
  const since = epoch === null ? "" : ` from ${new Date(epoch * 1000).toISOString().slice(0, 10)}`;
  return (
    `${formatValue(requests, "count")} requests of ${formatValue(customers.customers, "count")} ` +
    `customers for ${formatValue(files, "count")} files in ${days}${since}.${made}`
  );
}

function accessRows(profile: AccessProfile): AccessRows {
  const { kinds, sizes, popularity, hourly, daily, flashCrowds, rhythm } = profile;
  return {
    kinds,
    sizes: sizes.histogram,
    ranks: popularity.ranks,
    law: lawRows(popularity),
    course: hourly.requests.length > LONG ? daily : hourly,
    crowds: flashCrowds
      .filter(({ among }) => among === "all")
      .map((crowd) => ({ start: crowd.start, end: crowd.end, label: crowdLabel(crowd) })),
    hours: rhythm.hours,
  };
}

/** The law's requests at the ranks that are drawn, as far as it goes, and where its pieces meet. */
function lawRows({ law, ranks }: AccessProfile["popularity"]): AccessRows["law"] {
  if (law === null) return [];
  const shares = rankShares(law);
  const told = new Set([...ranks.map(({ rank }) => rank), ...law.pieces.map(({ from }) => from)]);
  return [...told]
    .filter((rank) => rank <= law.ranks)
    .sort((a, b) => a - b)
    .map((rank) => ({ rank, requests: shares[rank - 1] * law.requests }));
}
