import { memoryProblems } from "./memory.ts";
import { problemsOf, type Rules } from "./rules.ts";

/**
 * The policy contract.
 *
 * A policy is a pure function from what its host knows (a view) to what the host should do
 * (a decision). It keeps no state, reads no clock and draws chance only from `random`, so the
 * simulator and a production server run the same module. What a policy must remember between
 * decisions is a reducer beside it, whose memory the host keeps.
 */
export interface Policy<
  View,
  Decision,
  Event = never,
  Params extends ParamSpecs = ParamSpecs,
  Memory = unknown,
> {
  /** Kebab-case key used in experiments and results. Published names are never reused. */
  readonly name: string;
  /** One line for `sim policies`. */
  readonly summary: string;
  /** Where the idea comes from: a paper, a section of the abstract, or "baseline". */
  readonly source: string;
  /** What the source does otherwise, in a few clauses; absent where nothing is known to differ. */
  readonly differs?: string;
  readonly params: Params;
  /** Present on the few policies that must remember; the others are given `undefined`. */
  readonly memory?: Reducer<Memory, Event>;
  decide(view: View, params: ParamValues<Params>, random: Random, memory: Memory): Decision;
}

/**
 * Memory as a fold over what happened. `observe` must not change the memory it is given. It is plain
 * data (numbers, texts, lists, objects, null), so that a host can save it and put it back.
 */
export interface Reducer<Memory, Event> {
  init(): Memory;
  observe(memory: Memory, event: Event): Memory;
}

/** Uniform on [0, 1). The simulator passes a named stream; a server may pass `Math.random`. */
export type Random = () => number;

export interface ParamSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: "bytes" | "bytes/s" | "seconds" | "count" | "ratio";
  readonly summary: string;
}

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValues<Specs extends ParamSpecs> = { readonly [Name in keyof Specs]: number };

/** Makes specs of one unit, from the default, the least and the greatest value. */
const inUnit =
  (unit: ParamSpec["unit"]) =>
  (fallback: number, min: number, max: number, summary: string): ParamSpec => ({
    default: fallback,
    min,
    max,
    unit,
    summary,
  });

export const bytes = inUnit("bytes");
export const bytesPerSecond = inUnit("bytes/s");
export const seconds = inUnit("seconds");
export const count = inUnit("count");
export const ratio = inUnit("ratio");

/** A policy with its params checked and its memory kept: what a host calls. */
export interface Bound<View, Decision, Event> {
  readonly name: string;
  decide(view: View, random: Random): Decision;
  /** Tells the policy what happened. Costs nothing for a policy without memory. */
  observe(event: Event): void;
  /** Whether the policy remembers what it is told: only then is there anything to save. */
  readonly remembers: boolean;
  /** What it remembers, which no later event changes; undefined where it remembers nothing. */
  readonly memory: unknown;
  /**
   * Puts back what `memory` was, so that the policy goes on from there. By `jsonOf` and `revived` it
   * goes through JSON. Of a policy that remembers nothing, nothing is taken back.
   *
   * @throws RangeError where it is not the memory of such a policy.
   */
  recall(memory: unknown): void;
}

export interface BindOptions<View, Decision, Event> {
  /**
   * The policy's family, such as `families.dispatch`: every view and event that the host passes is then
   * looked at before the policy sees it, and every decision before the host does. A view that lacks
   * fields, or has wrong ones, throws a RangeError that names them all, each with its place.
   */
  readonly checked?: Rules<View, Decision, Event>;
}

/**
 * Checks `overrides` against the policy's specs once, and returns what a host calls.
 *
 * @throws RangeError for an unknown param or a value outside its range.
 */
export function bind<View, Decision, Event, Params extends ParamSpecs, Memory>(
  policy: Policy<View, Decision, Event, Params, Memory>,
  overrides: Readonly<Record<string, number>> = {},
  { checked }: BindOptions<View, Decision, Event> = {},
): Bound<View, Decision, Event> {
  refuse(paramProblems(policy, overrides));
  const params = paramValues(policy, overrides);
  const reducer = policy.memory;
  let memory = reducer?.init() as Memory;
  const bound: Bound<View, Decision, Event> = {
    name: policy.name,
    decide: (view, random) => policy.decide(view, params, random, memory),
    observe(event) {
      if (reducer !== undefined) memory = reducer.observe(memory, event);
    },
    remembers: reducer !== undefined,
    get memory() {
      return memory;
    },
    recall(saved) {
      if (reducer !== undefined) {
        refuse(memoryProblems(reducer.init(), saved));
        memory = saved as Memory;
      } else if (saved !== undefined && saved !== null) {
        refuse([`memory: expected none, since ${policy.name} remembers nothing`]);
      }
    },
  };
  return checked === undefined ? bound : obeying(checked, bound);
}

/** What calls `bound`, and throws where host or policy break the rules. */
function obeying<View, Decision, Event>(
  rules: Rules<View, Decision, Event>,
  bound: Bound<View, Decision, Event>,
): Bound<View, Decision, Event> {
  return {
    name: bound.name,
    decide(view, random) {
      refuse(problemsOf(rules.view, view, "view"));
      const decision = bound.decide(view, random);
      const wrong = rules.whatIsWrong(view, decision ?? {});
      if (wrong !== undefined) refuse([wrong]);
      return decision;
    },
    observe(event) {
      if (rules.event !== undefined) refuse(problemsOf(rules.event, event, "event"));
      bound.observe(event);
    },
    remembers: bound.remembers,
    get memory() {
      return bound.memory;
    },
    recall: bound.recall,
  };
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
}

/** Every param of the policy: its override, or else its default. */
export function paramValues<Params extends ParamSpecs>(
  policy: { readonly params: Params },
  overrides: Readonly<Record<string, number>>,
): ParamValues<Params> {
  return Object.fromEntries(
    Object.entries(policy.params).map(([param, spec]) => [param, overrides[param] ?? spec.default]),
  ) as ParamValues<Params>;
}

/** What is wrong with `overrides`, one sentence each; empty when they fit the policy. */
export function paramProblems(
  policy: { readonly name: string; readonly params: ParamSpecs },
  overrides: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(overrides).flatMap(([param, value]) => {
    const spec = Object.hasOwn(policy.params, param) ? policy.params[param] : undefined;
    if (spec === undefined) {
      const known = Object.keys(policy.params).join(", ") || "none";
      return [`unknown param: ${policy.name}.${param}; known: ${known}`];
    }
    if (typeof value === "number" && spec.min <= value && value <= spec.max) {
      const isWhole = Number.isInteger(value) || (spec.unit !== "bytes" && spec.unit !== "count");
      return isWhole ? [] : [`expected whole ${spec.unit}: ${policy.name}.${param}; got ${value}`];
    }
    const range = `[${spec.min}, ${spec.max}] ${spec.unit}`;
    return [`invalid param: ${policy.name}.${param} = ${JSON.stringify(value)}; not in ${range}`];
  });
}
