import { nearest } from "../experiment/config/nearest.ts";
import {
  type Bound,
  bind,
  type DecisionRecord,
  FAMILY_KEYS,
  familyOf,
  type Policy,
  paramProblems,
  policyNamed,
} from "../policies/index.ts";
import { type Difference, difference } from "./difference.ts";
import { readRecord } from "./read-record.ts";

/** How one policy did. */
export interface Tally {
  readonly family: string;
  readonly policy: string;
  agreed: number;
  differed: number;
}

/** Any policy of any family: a log mixes them. */
export type AnyPolicy = Policy<unknown, unknown, unknown>;

/** The first decision that came out differently. */
export interface FirstDifference extends Difference {
  readonly line: number;
  readonly family: string;
  readonly policy: string;
}

/** Decides again what a log says was decided, line by line, with the policies that are at hand. */
export class Replay {
  /** What is wrong with the log, each as `line: sentence`. */
  readonly problems: string[] = [];
  /** In the order in which the log names them. */
  readonly tallies: Tally[] = [];
  first: FirstDifference | undefined;
  events = 0;
  readonly #families: Readonly<Record<string, readonly AnyPolicy[]>>;
  /** Bound policies by all that tells their memories apart. */
  readonly #bound = new Map<string, Bound<unknown, unknown, unknown>>();
  readonly #tallyOf = new Map<string, Tally>();

  /** `families`: the policies that decide; the simulator's own by default. */
  constructor(families: Readonly<Record<string, readonly AnyPolicy[]>> = OWN) {
    this.#families = families;
  }

  line(text: string, line: number): void {
    const read = readRecord(text);
    if ("problems" in read) {
      for (const problem of read.problems) this.problems.push(`${line}: ${problem}`);
      return;
    }
    const { record } = read;
    const { family, policy, params, memory } = record;
    const key = JSON.stringify([family, policy, params, memory]);
    let bound = this.#bound.get(key);
    if (bound === undefined) {
      const found = this.#policyOf(family, policy, params);
      if (typeof found === "string") {
        this.problems.push(`${line}: ${found}`);
        return;
      }
      bound = bind(found, params);
      this.#bound.set(key, bound);
    }
    if ("event" in record) {
      bound.observe(record.event);
      this.events++;
    } else if ("recalled" in record) this.#recall(bound, record.recalled, line);
    else this.#decide(bound, record, line);
  }

  #recall(bound: Bound<unknown, unknown, unknown>, memory: unknown, line: number): void {
    try {
      bound.recall(memory);
    } catch (error) {
      this.problems.push(`${line}: ${error instanceof Error ? error.message : error}`);
    }
  }

  #decide(bound: Bound<unknown, unknown, unknown>, record: DecisionRecord, line: number): void {
    const { family, policy } = record;
    const differing = differenceOf(bound, record);
    const tally = this.#tally(family, policy);
    if (differing === undefined) tally.agreed++;
    else {
      tally.differed++;
      this.first ??= { line, family, policy, ...differing };
    }
  }

  #tally(family: string, policy: string): Tally {
    const key = `${family} ${policy}`;
    const known = this.#tallyOf.get(key);
    if (known !== undefined) return known;
    const tally = { family, policy, agreed: 0, differed: 0 };
    this.#tallyOf.set(key, tally);
    this.tallies.push(tally);
    return tally;
  }

  /** The policy with such params, or what is wrong with its name or with them. */
  #policyOf(family: string, name: string, params: Readonly<Record<string, number>>) {
    if (!Object.hasOwn(this.#families, family)) {
      return unknown("family", family, Object.keys(this.#families));
    }
    const members = this.#families[family];
    try {
      const policy = policyNamed(members, name);
      return paramProblems(policy, params).join("; ") || policy;
    } catch {
      return unknown("policy", name, [...members.map((member) => member.name)]);
    }
  }
}

const OWN = Object.fromEntries(FAMILY_KEYS.map((key) => [key, familyOf(key).members]));

function differenceOf(
  { decide }: Bound<unknown, unknown, unknown>,
  { view, draws, decision }: DecisionRecord,
): Difference | undefined {
  let drawn = 0;
  let found: unknown;
  try {
    // A draw beyond those recorded gets some number: that it was taken is told below.
    found = decide(view, () => draws[drawn++] ?? 0.5);
  } catch (error) {
    const message = error instanceof Error ? error.message : `${error}`;
    return { field: "decision", expected: decision, found: `an error: ${message}` };
  }
  const differing = difference(decision, found, "decision");
  if (differing !== undefined || drawn === draws.length) return differing;
  return { field: "draws", expected: draws.length, found: drawn };
}

function unknown(what: string, found: string, known: readonly string[]): string {
  const meant = nearest(found, known);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  return `unknown ${what}: ${found}; known: ${known.join(", ")}${hint}`;
}
