/** Measurements by key. What ends in PerSecond is better when higher, all else when lower. */
export type Figures = Readonly<Record<string, number>>;

/**
 * A measurement beside another of the same kind in the same process, so that the machine matters
 * little: how many times as fast, or as small, as `over` is `of`.
 */
export interface Ratio {
  readonly key: string;
  readonly of: string;
  readonly over: string;
}

/** What is measured, in a process of its own. */
export interface Benchmark {
  readonly summary: string;
  /** Whether it takes minutes, so that `--quick` leaves it out. */
  readonly isHeavy?: boolean;
  /** How often it is measured in a process. The first time is cold. */
  readonly rounds: number;
  /** Measures once; throws when what was measured gave a wrong answer. */
  round(): Figures | Promise<Figures>;
  /** The same done by others, measured once after all rounds. What is absent is left out. */
  references?(): Figures | Promise<Figures>;
  readonly ratios: readonly Ratio[];
}

export function isRate(key: string): boolean {
  return key.endsWith("PerSecond");
}
