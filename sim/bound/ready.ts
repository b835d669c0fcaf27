import { volunteersOf } from "../model/machines.ts";
import type { SystemSpec } from "../model/system.ts";
import type { Workload } from "../workload/workload.ts";

/** Seconds by which a time may be off: sums of doubles, and round trips of an opening. */
const SLACK = 0.001;
const OPENING_ROUND_TRIPS = 10;

/**
 * By volunteer, from when on it could hold any file that was not there from the start, in seconds; earlier
 * than the truth or equal.
 *
 * Nobody has anything to fetch before the first file is published or changes, so that a synchronisation
 * begun earlier ends with its walk, and new files come with the first one whose walk ends later. That
 * holds where volunteers keep to the timetable and are given nothing else to fetch (`byTimetable`),
 * and where nothing but the walk takes time; elsewhere they are taken to be ready at once.
 */
export function readyTimes(
  system: SystemSpec,
  workload: Workload,
  byTimetable: boolean,
): Float64Array {
  const published = firstPublication(workload);
  const { first, spread, every, walk, list, rtt } = system.synchronisation;
  const machines = volunteersOf(system);
  return Float64Array.from(machines, ({ spec }, volunteer) => {
    if (spec.caches) return Number.NEGATIVE_INFINITY; // It fetches what it is asked for, published or not.
    if (!byTimetable || list > 0) return published;
    const opened = first + (spread * (volunteer + 0.5)) / machines.length + walk;
    const late = published - OPENING_ROUND_TRIPS * rtt - SLACK - opened;
    const rounds = Math.max(0, Math.ceil(late / every));
    return Math.max(published, opened + rounds * every - SLACK);
  });
}

/** When the first file appears or gets other bytes within the window; `Infinity` if none does. */
function firstPublication({ catalogue, changes }: Workload): number {
  let first = changes.count > 0 ? changes.time[0] : Number.POSITIVE_INFINITY;
  for (let file = 0; file < catalogue.files; file++) {
    const time = catalogue.release[file];
    if (time > Number.NEGATIVE_INFINITY) first = Math.min(first, time);
  }
  return first;
}
