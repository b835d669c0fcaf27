import { standardNormal } from "../../engine/distributions.ts";
import { streams } from "../../engine/random.ts";

/** Standard normal deviates of a stream of this name. */
export function normal(name: string): () => number {
  const random = streams("statistics")(name);
  return () => standardNormal(random);
}

/** Deviates of the exponential distribution with mean 1. */
export function skewed(name: string): () => number {
  const random = streams("statistics")(name);
  return () => -Math.log(1 - random());
}

export function sample(size: number, draw: () => number): number[] {
  return Array.from({ length: size }, draw);
}

/** The share of `experiments` in which something holds. */
export function shareOf(experiments: number, holds: () => boolean): number {
  let held = 0;
  for (let i = 0; i < experiments; i++) if (holds()) held++;
  return held / experiments;
}
