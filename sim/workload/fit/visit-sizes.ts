import { emptySeries, type Series } from "../profile/series.ts";
import type { AccessTrace } from "../trace/trace.ts";
import { tableOf } from "./quantile-table.ts";
import type { VisitSizes } from "./recipe.ts";

/** Seconds of a part of a day, within which visits are alike. */
const PART = 6 * 3600;
/** Classes of parts of days: visits for a release are longer than everyday ones. */
const CLASSES = 4;

/** Which part of a day each time lies in, of all that the window touches. */
export function partsOf(trace: Pick<AccessTrace, "window" | "epoch">): Series {
  return emptySeries(trace, PART);
}

export function partAt({ start, width }: Series, time: number): number {
  return Math.floor((time - start) / width);
}

/**
 * Requests of a visit by when it starts: the parts of days are put into classes of about as many
 * visits by their mean, and each class keeps its distribution.
 */
export function fitVisitSizes(
  trace: Pick<AccessTrace, "window" | "epoch">,
  starts: Float64Array,
  requests: Uint32Array,
): VisitSizes {
  const parts = partsOf(trace);
  const visits = new Float64Array(parts.values.length);
  for (const [visit, start] of starts.entries()) {
    const part = partAt(parts, start);
    visits[part]++;
    parts.values[part] += requests[visit];
  }
  const classOf = classesOf(visits, parts.values, starts.length);
  const most = Math.max(...classOf);
  const tables = Array.from({ length: most + 1 }, (_, number) =>
    tableOf(requests.filter((_, visit) => classOf[partAt(parts, starts[visit])] === number)),
  );
  return { classOf, tables };
}

/** The class of each part; classes without visits do not arise. */
function classesOf(visits: Float64Array, requests: Float64Array, all: number): number[] {
  const byMean = [...visits.keys()]
    .filter((part) => visits[part] > 0)
    .sort((a, b) => requests[a] / visits[a] - requests[b] / visits[b] || a - b);
  const classOf = new Array<number>(visits.length).fill(0);
  let number = 0;
  let before = 0;
  for (const [at, part] of byMean.entries()) {
    // The next class begins once this one has its share of the visits.
    if (at > 0 && before >= ((number + 1) * all) / CLASSES) number++;
    classOf[part] = number;
    before += visits[part];
  }
  return classOf;
}
