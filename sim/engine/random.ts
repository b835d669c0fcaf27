import seedrandom from "seedrandom";

/** A named, independent source of chance: uniform on [0, 1), 32 bits. */
export type Stream = () => number;

/**
 * Named, independent random streams from one seed.
 *
 * Each source of chance takes its own stream ("arrivals", "churn", "dispatch"), so a policy that
 * draws more numbers does not disturb the workload it is compared on.
 */
export function streams(seed: number | string): (name: string) => Stream {
  // Alea, because seedrandom's default repeats a short key: "1" and "11" would be the same stream.
  return (name) => seedrandom.alea(`${seed}/${name}`);
}

/** Draws from the exponential distribution with the given mean. */
export function exponential(random: Stream, mean: number): number {
  return -mean * Math.log(1 - random());
}
