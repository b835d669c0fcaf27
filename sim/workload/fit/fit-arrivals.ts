import type { FlashCrowd } from "../profile/crowds/flash-crowds.ts";
import { rhythmOf } from "../profile/rhythm.ts";
import { emptySeries, type Series } from "../profile/series.ts";
import type { AccessTrace } from "../trace/trace.ts";
import { addCrowd } from "./intensity.ts";
import type { ArrivalsModel, CrowdModel } from "./recipe.ts";

const HOUR = 3600;
const DAY = 86_400;

/**
 * When visits start: crowds as found, and for the rest a level for each day in the rhythm of the
 * hours. What a day's level says is exact: its visits and those of the crowds sum to what came.
 */
export function fitArrivals(
  trace: Pick<AccessTrace, "window" | "epoch">,
  starts: Float64Array,
  found: readonly FlashCrowd[],
): ArrivalsModel {
  const hourly = counted(emptySeries(trace, HOUR), starts);
  const { hours } = rhythmOf([...hourly.values], trace.epoch);
  const crowds = found.flatMap((crowd) => crowdModel(crowd, starts));
  const daily = counted(emptySeries(trace, DAY), starts);
  for (const crowd of crowds) {
    addCrowd(crowd, { hours, epoch: trace.epoch }, (time, visits) => {
      const day = Math.floor((time - daily.start) / DAY);
      daily.values[day] -= visits;
    });
  }
  return {
    days: [...daily.values].map((visits) => Number(Math.max(0, visits).toPrecision(5))),
    hours: hours.map((factor) => Number(factor.toPrecision(4))),
    crowds,
  };
}

/** Of the visits during a crowd, as large a part as of the customers then was beyond the base. */
function crowdModel(crowd: FlashCrowd, starts: Float64Array): CrowdModel[] {
  const { among, start: at, end, counts, excess, halfLife } = crowd;
  if (among !== "all" || halfLife === null) return [];
  const then = starts.reduce((sum, start) => sum + (start >= at && start < end ? 1 : 0), 0);
  const visits = Number(((then * excess) / counts).toPrecision(4));
  return [{ at, end, visits, halfLife: Math.round(halfLife) }];
}

function counted(series: Series, times: Float64Array): Series {
  for (const time of times) series.values[Math.floor((time - series.start) / series.width)]++;
  return series;
}
