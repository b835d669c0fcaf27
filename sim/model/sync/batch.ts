import { bytesOfLast, type Part, type Plan } from "./plan.ts";

/**
 * Plans of files that follow each other, laid together: the first stages of all at once, then the
 * second. It stands for tools that ask for the next file before the last has come, and it saves an
 * event for each file of a large repository. A file counts as there when the whole batch is, or, of a
 * batch that breaks off, when as many bytes have come as end with it.
 *
 * All plans have the same stages, with one part each.
 */
export function laidTogether(plans: readonly Plan[]): Plan {
  const [{ stages, chunk, behind }] = plans;
  const ends: number[] = [];
  for (const plan of plans) ends.push((ends.at(-1) ?? 0) + bytesOfLast(plan));
  const whole = (moved: number) => {
    const complete = ends.findIndex((end) => end > moved);
    return complete < 0 ? plans.length : complete;
  };
  return {
    stages: stages.map(([part], at) => [{ ...part, bytes: sum(plans, at) }] as readonly Part[]),
    chunk,
    kept: (moved) => {
      const first = whole(moved);
      if (first === plans.length) return 0;
      return plans[first].kept(moved - (ends[first - 1] ?? 0));
    },
    behind,
    batch: { files: plans.length, whole },
  };
}

function sum(plans: readonly Plan[], stage: number): number {
  return plans.reduce((bytes, { stages }) => bytes + stages[stage][0].bytes, 0);
}
