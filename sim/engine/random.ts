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

/** Named streams whose state can be taken, and set back later: what a coordinator's decisions draw on. */
export interface SeededChance {
  /** The stream of the name, from the start. */
  stream(name: string): Stream;
  /** The same, without its state being kept. */
  fresh(name: string): Stream;
  /** The state of what `stream` has handed out last by each name, as plain data. */
  save(): unknown;
  /** Sets back the streams that have been handed out: those who hold them go on from there. */
  load(saved: unknown): void;
}

export function seededChance(seed: number | string): SeededChance {
  const kept = new Map<string, { next: seedrandom.StatefulPRNG<seedrandom.State.Alea> }>();
  return {
    fresh: streams(seed),
    stream(name) {
      const held = { next: seedrandom.alea(`${seed}/${name}`, { state: true }) };
      kept.set(name, held);
      return () => held.next();
    },
    save: () => Object.fromEntries(Array.from(kept, ([name, { next }]) => [name, next.state()])),
    load(saved) {
      const states = saved as Readonly<Record<string, seedrandom.State.Alea>>;
      for (const [name, held] of kept) held.next = seedrandom.alea("", { state: states[name] });
    },
  };
}

/** Draws from the exponential distribution with the given mean. */
export function exponential(random: Stream, mean: number): number {
  return -mean * Math.log(1 - random());
}
