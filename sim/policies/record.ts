import {
  type BindOptions,
  type Bound,
  bind,
  type ParamSpecs,
  type ParamValues,
  type Policy,
  paramValues,
} from "./policy.ts";

/** Version of the lines. A reader refuses every other. */
export const RECORD_VERSION = 1;

/** Who decides, on each line of a log of decisions, so that a line stands for itself. */
export interface RecordedPolicy {
  readonly v: typeof RECORD_VERSION;
  /** The key of `policies`. */
  readonly family: string;
  readonly policy: string;
  /** All of them, defaults included: a default that changes later changes no replay. */
  readonly params: ParamValues<ParamSpecs>;
  /** Tells policies apart whose memories are: the host's number for this one, 0 if it has one. */
  readonly memory: number;
}

export interface DecisionRecord extends RecordedPolicy {
  readonly view: unknown;
  /** The random numbers that the decision consumed. */
  readonly draws: readonly number[];
  readonly decision: unknown;
}

/** What a policy that remembers was told. */
export interface EventRecord extends RecordedPolicy {
  readonly event: unknown;
}

/** The memory that a policy was given back, from which it goes on. */
export interface RecallRecord extends RecordedPolicy {
  readonly recalled: unknown;
}

/**
 * Binds the policy as `bind` does, and hands a line of JSON to `write` for each decision and, where
 * the policy remembers, for each event and each memory recalled. What becomes of the lines is the
 * host's business.
 *
 * A number that JSON has not is written as `{"$number": "-Infinity"}`, so that it comes back.
 */
export function recorded<View, Decision, Event, Params extends ParamSpecs, Memory>(
  family: string,
  policy: Policy<View, Decision, Event, Params, Memory>,
  overrides: Readonly<Record<string, number>>,
  write: (line: string) => void,
  memory = 0,
  options: BindOptions<View, Decision, Event> = {},
): Bound<View, Decision, Event> {
  const bound = bind(policy, overrides, options);
  const params = paramValues(policy, overrides);
  const head = jsonOf({ v: RECORD_VERSION, family, policy: policy.name, params, memory });
  const line = (rest: string) => write(`${head.slice(0, -1)},${rest}}`);
  return {
    name: bound.name,
    decide(view, random) {
      const seen = jsonOf(view); // Before the decision: the host's own objects may change with it.
      const draws: number[] = [];
      const decision = bound.decide(view, () => {
        const draw = random();
        draws.push(draw);
        return draw;
      });
      line(`"view":${seen},"draws":${jsonOf(draws)},"decision":${jsonOf(decision)}`);
      return decision;
    },
    observe(event) {
      bound.observe(event);
      if (bound.remembers) line(`"event":${jsonOf(event)}`);
    },
    remembers: bound.remembers,
    get memory() {
      return bound.memory;
    },
    recall(saved) {
      bound.recall(saved);
      if (bound.remembers) line(`"recalled":${jsonOf(saved)}`);
    },
  };
}

/** For `JSON.parse`, so that the numbers of `jsonOf` come back as they were. */
export function revived(_name: string, value: unknown): unknown {
  const { $number = undefined } = (value ?? {}) as { readonly $number?: unknown };
  return $number === undefined ? value : Number($number);
}

/** The JSON of plain data, such as a memory, with the numbers that JSON has not: see `revived`. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, readable);
}

/**
 * For `JSON.stringify`, the value as a policy could read it: with all numbers, with getters as fields,
 * for hosts compute some, and with typed arrays as arrays.
 */
function readable(_name: string, value: unknown): unknown {
  if (typeof value === "number") {
    if (Object.is(value, -0)) return { $number: "-0" };
    return Number.isFinite(value) ? value : { $number: `${value}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  let proto = Object.getPrototypeOf(value);
  if (proto === null || proto === Object.prototype) return value;
  const fields: Record<string, unknown> = { ...value };
  for (; proto !== null && proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(proto))) {
      if (get !== undefined) fields[name] ??= (value as typeof fields)[name];
    }
  }
  return fields;
}
