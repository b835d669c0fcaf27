import type { Random } from "../policies/index.ts";
import type { Chance } from "./parts.ts";

/** Two to the power of -32, by which whole numbers become fractions. */
const FRACTION = 2.3283064365386963e-10;

/**
 * Chance from a seed, for hosts: a stream for each name, equal for equal seeds and names in every engine,
 * and the same that the simulator draws. Whoever sees the seed can tell what will be drawn.
 */
export function seededChance(seed: string): Chance {
  const kept = new Map<string, Alea>();
  return {
    stream(name) {
      const alea = new Alea(`${seed}/${name}`);
      kept.set(name, alea);
      return alea.next;
    },
    fresh: (name) => new Alea(`${seed}/${name}`).next,
    save: () => Object.fromEntries(Array.from(kept, ([name, { state }]) => [name, [...state]])),
    load(saved) {
      const states = saved as Readonly<Record<string, readonly number[]>>;
      for (const [name, { state }] of kept) state.splice(0, state.length, ...states[name]);
    },
  };
}

/**
 * Alea of Johannes Baagøe (2010), a multiply-with-carry generator after Marsaglia: three fractions and a
 * carry, 32 bits a draw. `seedrandom.alea` is the same.
 */
class Alea {
  /** The fractions, the oldest first, and the carry. */
  readonly state: number[];

  constructor(seed: string) {
    const mash = new Mash();
    const start = [mash.of(" "), mash.of(" "), mash.of(" ")];
    this.state = [
      ...start.map((fraction) => {
        const less = fraction - mash.of(seed);
        return less < 0 ? less + 1 : less;
      }),
      1,
    ];
  }

  readonly next: Random = () => {
    const { state } = this;
    const sum = 2_091_639 * state[0] + state[3] * FRACTION;
    state[3] = sum | 0;
    state[0] = state[1];
    state[1] = state[2];
    state[2] = sum - state[3];
    return state[2];
  };
}

/** Baagøe's hash, which goes on from text to text. */
class Mash {
  #state = 0xefc8249d;

  of(text: string): number {
    for (let at = 0; at < text.length; at++) {
      this.#state += text.charCodeAt(at);
      const product = 0.02519603282416938 * this.#state;
      const whole = product >>> 0;
      const rest = (product - whole) * whole;
      this.#state = (rest >>> 0) + (rest - (rest >>> 0)) * 0x100000000;
    }
    return (this.#state >>> 0) * FRACTION;
  }
}
