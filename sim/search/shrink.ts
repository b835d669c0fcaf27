import type { Scenario } from "./scenario.ts";
import { isSize } from "./scenario-ranges.ts";
import { type SearchRange, shareOf, valueAt } from "./search-range.ts";

/** Ceilings: of looks at scenarios, of rounds over all fields, of steps of one setting towards its own value. */
const MOST_LOOKS = 80;
const MOST_ROUNDS = 3;
const MOST_STEPS = 3;

/** The ratio from which a size is worth making smaller. */
const WORTH = 1.2;

/**
 * Ever smaller scenarios for which `holds` is still true, from `start` on, which must be one: settings go
 * back to the experiment's own values, many at a time and then one by one (delta debugging: Zeller and
 * Hildebrandt, Simplifying and isolating failure-inducing input, IEEE TSE 28(2), 2002); sizes go to the
 * low end of their ranges, or by bisection as near as it holds; settings that must differ go nearer to
 * the own values.
 */
export async function shrink(
  start: Scenario,
  ranges: ReadonlyMap<string, SearchRange>,
  holds: (scenario: Scenario) => Promise<boolean>,
): Promise<Scenario[]> {
  const shrinking = new Shrinking(start, ranges, holds);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = shrinking.current;
    await shrinking.setBack();
    for (const path of [...ranges.keys()].filter(isSize)) await shrinking.lower(path);
    await shrinking.approach();
    if (shrinking.current === before) break;
  }
  return shrinking.smaller;
}

class Shrinking {
  /** From the start to the smallest. */
  readonly smaller: Scenario[];
  readonly #ranges: ReadonlyMap<string, SearchRange>;
  readonly #holds: (scenario: Scenario) => Promise<boolean>;
  readonly #known = new Map<string, boolean>();

  constructor(
    start: Scenario,
    ranges: ReadonlyMap<string, SearchRange>,
    holds: (scenario: Scenario) => Promise<boolean>,
  ) {
    this.smaller = [start];
    this.#ranges = ranges;
    this.#holds = holds;
  }

  get current(): Scenario {
    return this.smaller[this.smaller.length - 1];
  }

  /** Leaves out settings as long as it holds without: halves of them, then quarters, then each. */
  async setBack(): Promise<void> {
    const paths = [...this.current.keys()].filter((path) => !isSize(path));
    for (let size = paths.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < paths.length; from += size) {
        const gone = new Set(paths.slice(from, from + size));
        await this.#try(new Map([...this.current].filter(([path]) => !gone.has(path))));
      }
    }
  }

  /** The least of a size, between the low end of its range and what it is. */
  async lower(path: string): Promise<void> {
    const range = this.#ranges.get(path);
    const value = this.current.get(path) ?? range?.usual ?? null;
    if (range === undefined || value === null || value <= range.low) return;
    if (await this.#try(this.#with(path, range.low))) return;
    let [fails, good] = [range.low, value];
    while (good - fails > 1 && good > WORTH * fails) {
      const middle = Math.round(fails > 0 ? Math.sqrt(fails * good) : good / 2);
      if (middle <= fails || middle >= good) break;
      if (await this.#try(this.#with(path, middle))) good = middle;
      else fails = middle;
    }
  }

  /** Settings nearer to the own values, which by themselves are too near. */
  async approach(): Promise<void> {
    for (const [path, value] of this.current) {
      const range = this.#ranges.get(path);
      if (range === undefined || range.usual === null || isSize(path)) continue;
      let [fails, good] = [Math.min(range.high, Math.max(range.low, range.usual)), value];
      for (let step = 0; step < MOST_STEPS; step++) {
        const middle = valueAt(range, (shareOf(range, fails) + shareOf(range, good)) / 2);
        if (middle === fails || middle === good) break;
        if (await this.#try(this.#with(path, middle))) good = middle;
        else fails = middle;
      }
    }
  }

  #with(path: string, value: number): Scenario {
    return new Map([...this.current, [path, value]]);
  }

  /** Whether it holds for the scenario, which then is the current one. */
  async #try(scenario: Scenario): Promise<boolean> {
    const id = JSON.stringify([...scenario].sort());
    if (id === JSON.stringify([...this.current].sort())) return true;
    const before = this.#known.get(id);
    if (before !== undefined || this.#known.size >= MOST_LOOKS) return false;
    const holds = await this.#holds(scenario);
    this.#known.set(id, holds);
    if (holds) this.smaller.push(scenario);
    return holds;
  }
}
