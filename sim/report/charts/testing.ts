/** Made-up distributions, and courses over three days in columns of 45 minutes, for the example of reports. */
import type { BeliefRow, DecisionCourse, QuantileRow } from "../report-data.ts";

interface Delays {
  readonly policy: string;
  /** Seconds. */
  readonly median: number;
  readonly spread: number;
}

/** The quantiles of a log-normal delay. */
export function exampleDelays({ policy, median, spread }: Delays): QuantileRow[] {
  return Array.from({ length: 199 }, (_, at) => {
    const share = (at + 1) / 200;
    const deviate = Math.log(share / (1 - share)) / 1.702;
    return { policy, share, seconds: median * Math.exp(spread * deviate) };
  });
}

/** A visit takes as long as ten requests; those of twelve hours and more stand there. */
export function exampleVisits(delays: Delays): QuantileRow[] {
  return exampleDelays({ ...delays, median: 10 * delays.median }).map((row) =>
    row.seconds < 43_200 ? row : { ...row, seconds: 43_200, isAtLeast: true },
  );
}

const COLUMNS = 96;
const WIDTH = 2700;

/** A crowd that comes at 33 h: decisions in each column. */
const CROWD = Array.from({ length: COLUMNS }, (_, column) =>
  column < 44 ? 2 : Math.round(400 * Math.exp(-(column - 44) / 18)),
);

/** One in ten finds no holder; at first nobody is idle. */
export function exampleDecisions(policy: string): DecisionCourse {
  const reasons = ["idle", "no holder", "nobody idle"];
  const shares = [0.8, 0.1, 0.1];
  const counts = shares.flatMap((share) => CROWD.map((count) => share * count));
  return { policy, width: WIDTH, reasons, counts };
}

/** The server believes `ratio` times what is in flight; on the first day nothing is decided. */
export function exampleBeliefs(policy: string, ratio: number): BeliefRow[] {
  return CROWD.map((count, column) => ({
    ...{ policy, time: column * WIDTH, width: WIDTH },
    ...{ actual: count / 100, believed: (ratio * count) / 100 },
  })).slice(32);
}
