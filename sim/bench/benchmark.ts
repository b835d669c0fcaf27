/** Measurements by key. */
export type Figures = Readonly<Record<string, number>>;

/** What is measured, in a process of its own. */
export interface Benchmark {
  readonly summary: string;
  /** Whether it takes minutes, so that `--quick` leaves it out. */
  readonly isHeavy: boolean;
  /** How often it is measured. The first time is cold. */
  readonly rounds: number;
  /**
   * Measures once, beside each figure what others do in the same minute, where they are installed;
   * throws when what was measured gave a wrong answer.
   */
  round(): Figures | Promise<Figures>;
}

/** Rates are better when higher; what something takes, in time or bytes, when lower. */
export function isRate(key: string): boolean {
  return key.endsWith("PerSecond");
}

/** Whether a figure compares two of the same machine, so that it means the same on any other. */
export function isRatio(key: string): boolean {
  return /\.over[A-Z]\w*$/.test(key) || isGrowth(key);
}

/** Ratios are better when higher, but not those of what grows. */
export function isGrowth(key: string): boolean {
  return key.endsWith("Growth");
}
