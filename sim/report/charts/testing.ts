/** Made-up courses over three days in columns of 45 minutes, for the example of reports. */
import type { BeliefRow, DecisionCourse } from "../report-data.ts";

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
