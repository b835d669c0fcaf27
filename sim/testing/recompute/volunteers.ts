import { largest, least, mean, share, sum, within } from "./arithmetic.ts";
import type { Facts, Recomputed, RowsOfRun } from "./rows-of-run.ts";

const DAY = 86_400;
const HOUR = 3600;

/** How evenly volunteers are loaded, each while it could have served. */
export function loadMetrics({ attempts, presence, runs }: RowsOfRun, facts: Facts): Recomputed {
  const { from, volunteers } = facts;
  const [{ end_s }] = runs;
  const each = volunteers.map(({ uplink }, number) => {
    const seconds = sum(
      presence
        .filter(({ volunteer }) => volunteer === number)
        .map(({ from_s, to_s }) => within(from_s, to_s, from, end_s)),
    );
    const sent = sum(
      attempts
        .filter(({ source, source_number }) => source === "volunteer" && source_number === number)
        .filter(({ arrival_s }) => arrival_s >= from)
        .map(({ sent_bytes }) => sent_bytes),
    );
    return { seconds, load: share(sent, uplink * seconds) ?? 0 };
  });
  const able = each.filter(({ seconds }) => seconds > 0);
  const total = sum(able.map(({ seconds }) => seconds));
  const first = sum(able.map(({ seconds, load }) => seconds * load));
  const second = sum(able.map(({ seconds, load }) => seconds * load ** 2));
  const most = largest(able.map(({ load }) => load));
  return {
    "volunteers.jain": share(first ** 2, total * second),
    "volunteers.maxOverMean": first === 0 || most === null ? null : most / (first / total),
  };
}

/** What it takes to keep volunteers up to date, and how far behind they are. */
export function syncMetrics(rows: RowsOfRun, { from, volunteers }: Facts): Recomputed {
  const [{ window_s }] = rows.runs;
  const ended = rows.synchronisations.filter(({ end_s }) => end_s >= from);
  const fetches = rows.fetches.filter(({ end_s }) => end_s >= from);
  const moved = (...ways: readonly string[]) =>
    sum(fetches.filter(({ way }) => ways.includes(way)).map(({ moved_bytes }) => moved_bytes));
  const ages = rows.copies.flatMap(({ held_s, published_s }) =>
    held_s >= from && published_s !== null ? [held_s - published_s] : [],
  );
  const audits = rows.audits.filter(({ end_s }) => end_s >= from);
  const secondsBetween = (low: number, high: number, of = ended) =>
    sum(of.map(({ start_s, end_s }) => within(start_s, end_s, low, high)));
  const days = volunteers.flatMap((_, number) => {
    const own = ended.filter(({ volunteer }) => volunteer === number);
    return wholeDays(from, window_s).map((day) => secondsBetween(day, day + DAY, own) / HOUR);
  });
  const measuredDays = (window_s - from) / DAY;
  return {
    "sync.hours": share(secondsBetween(from, window_s) / HOUR / measuredDays, volunteers.length),
    "sync.maxHours": largest(days),
    "sync.minHours": least(days),
    "sync.serverBytes": moved("pulled"),
    "sync.peerBytes": moved("exchanged"),
    "sync.wireBytes": moved("pulled", "exchanged", "returned"),
    "sync.age": mean(ages),
    "sync.lastAge": largest(ages),
    "trust.auditBytes": sum(audits.map(({ sent_bytes }) => sent_bytes)),
  };
}

/** When each day begins that lies whole between two times. */
function wholeDays(from: number, to: number): number[] {
  const days = Array.from({ length: Math.ceil(to / DAY) }, (_, day) => day * DAY);
  return days.filter((day) => day >= from && day + DAY <= to);
}
