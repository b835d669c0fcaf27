/** Finds where a run leaves the one that its baseline has kept. */
import { type Checkpoints, Hasher } from "./checkpoints.ts";
import { areSame, drewAlike, type Moment } from "./moment.ts";
import { momentsOf, type Recording } from "./recording.ts";

/** Where two runs part. */
export type Difference =
  /** Here, exactly; null where one of them is already over. */
  | {
      readonly kind: "event";
      /** Events before it. */
      readonly at: number;
      readonly expected: Moment | null;
      readonly found: Moment | null;
      /** An event before it, or it itself, that took other random numbers; null if none did. */
      readonly shift: { readonly expected: Moment; readonly found: Moment } | null;
    }
  /** Somewhere among these moments, of which the old run had up to `length`. */
  | {
      readonly kind: "window";
      readonly at: number;
      readonly length: number;
      readonly found: readonly Moment[];
    }
  /** Nowhere that was kept. */
  | { readonly kind: "none" };

/** Takes the moments of a new run in and says where they part from the old. */
export interface Finder {
  add(moment: Moment): void;
  /** To be called once, when the run is over. */
  end(): Difference;
}

/** Compares moment by moment. */
export function finderIn(recording: Recording): Finder {
  return finderAmong(momentsOf(recording), -1); // What comes before the first event is one, too.
}

/** Where the moments of two runs part, of which the first has `at` events before it. */
export function firstIn(
  at: number,
  expected: readonly Moment[],
  found: readonly Moment[],
): Difference {
  const finder = finderAmong(expected, at);
  for (const moment of found) finder.add(moment);
  return finder.end();
}

function finderAmong(moments: Iterable<Moment>, from: number): Finder {
  const expected = moments[Symbol.iterator]();
  let difference: Difference | null = null;
  let shift: { expected: Moment; found: Moment } | null = null;
  let at = from;
  const next = (): Moment | null => {
    const { done, value } = expected.next();
    return done === true ? null : value;
  };
  return {
    add(found) {
      if (difference !== null) return;
      const old = next();
      if (old !== null && shift === null && !drewAlike(old, found))
        shift = { expected: old, found };
      if (old === null || !areSame(old, found)) {
        difference = { kind: "event", at, expected: old, found, shift };
      }
      at++;
    },
    end() {
      if (difference !== null) return difference;
      const old = next();
      return old === null
        ? { kind: "none" }
        : { kind: "event", at, expected: old, found: null, shift };
    },
  };
}

/** Compares hash by hash, and keeps the moments since the last that was right. */
export function finderBetween({ every, hashes }: Checkpoints): Finder {
  let window: Moment[] = [];
  let number = 0;
  let difference: Difference | null = null;
  const hasher = new Hasher(every, (hash) => {
    if (difference !== null) return;
    if (hash !== hashes[number]) {
      difference = { kind: "window", at: number * every - 1, length: every, found: window };
    }
    number++;
    window = [];
  });
  return {
    add(moment) {
      if (difference !== null) return;
      window.push(moment);
      hasher.add(moment);
    },
    end() {
      if (difference === null) hasher.end();
      return difference ?? { kind: "none" };
    },
  };
}
