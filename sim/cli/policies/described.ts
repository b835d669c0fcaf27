import { InputError } from "../../engine/input-error.ts";
import { nearest } from "../../experiment/config/nearest.ts";
import { type ParamSpecs, policies, policyNamed } from "../../policies/index.ts";

/** A policy as `sim policies NAME` tells of it. */
export interface Described {
  readonly family: string;
  readonly name: string;
  /** The rule, in one line. */
  readonly summary: string;
  readonly source: string;
  /** What the source does otherwise; absent where nothing is known to differ. */
  readonly differs?: string;
  readonly params: ParamSpecs;
}

/** All policies, in the order of their families. */
export function everyPolicy(): Described[] {
  return families().flatMap(([family, members]) =>
    members.map((member) => described(family, member.name, member)),
  );
}

/**
 * The policies of this name, which may be composed: more than one where families share a name.
 *
 * @throws InputError that names the nearest, if there is none.
 */
export function describedBy(name: string): Described[] {
  const found = families().flatMap(([family, members]) => {
    const member = tried(members, name);
    return member === undefined ? [] : [described(family, name, member)];
  });
  if (found.length > 0) return found;
  const known = everyPolicy().map((policy) => policy.name);
  const wrong = name.split("+").find((part) => !known.includes(part));
  const meant = nearest(wrong ?? name, known);
  const hint = meant === undefined ? "see sim policies" : `did you mean '${meant}'?`;
  throw new InputError([
    wrong === undefined
      ? `${name}: expected wrappers before one dispatch policy, or replication policies alone`
      : `unknown policy: ${wrong}; ${hint}`,
  ]);
}

type Member = Omit<Described, "family">;

function described(family: string, name: string, member: Member): Described {
  const { summary, source, differs, params } = member;
  return { family, name, summary, source, ...(differs !== undefined && { differs }), params };
}

function families(): [family: string, members: readonly Member[]][] {
  return Object.entries<readonly Member[]>(policies);
}

function tried(members: readonly Member[], name: string): Member | undefined {
  try {
    return policyNamed(members, name);
  } catch {
    return undefined;
  }
}
