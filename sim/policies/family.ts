import type { Bound, ParamSpecs, Policy } from "./policy.ts";
import type { Rules } from "./rules.ts";

/**
 * A family: policies that answer one question, with all that an experiment, a log of decisions or a host
 * must know of them. To add one, write its descriptor and list it in `families.ts`.
 */
export interface Family<Key extends string, View, Decision, Event = never, Memory = unknown>
  extends Rules<View, Decision, Event> {
  /** Its name in experiments, in records and in `policies`. */
  readonly key: Key;
  /** What its policies decide, such as "where a request goes". */
  readonly decides: string;
  readonly members: readonly Policy<View, Decision, Event, ParamSpecs, Memory>[];
  readonly whenAbsent: WhenAbsent;
  /** Where names may be composed with `+`. */
  readonly composition?: Composition;
}

/** What decides where an experiment names no policy: a member, or the host as it does; else one must. */
export type WhenAbsent = { readonly policy: string } | { readonly host: string } | "required";

export interface Composition {
  /** The key in `policies` of what may go before `+`: the family's own, or another's. */
  readonly key: string;
  readonly first: readonly Named[];
  /** The policy `first+rest`. */
  composed(first: Named, rest: Named): Named;
}

export interface Named {
  readonly name: string;
}

/** A family of which only the key is known. */
export type AnyFamily<Key extends string = string> = Family<Key, unknown, unknown, unknown>;

/** What a host calls of a family's policies. */
export type BoundOf<F> =
  F extends Family<string, infer View, infer Decision, infer Event, infer _Memory>
    ? Bound<View, Decision, Event>
    : never;
