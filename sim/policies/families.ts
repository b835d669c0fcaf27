import { chunkSize } from "./chunk-size/family.ts";
import { dispatch } from "./dispatch/family.ts";
import type { DispatchWrapper } from "./dispatch/wrappers/wrapper.ts";
import { eviction } from "./eviction/family.ts";
import type { AnyFamily, Named } from "./family.ts";
import { replication } from "./replication/family.ts";
import { choking, handout, pieces } from "./swarm/families.ts";
import { sync } from "./sync/family.ts";
import { trust } from "./trust/family.ts";

/**
 * Every family by its key, in the order in which the cells of an experiment vary. The experiments, their
 * editor's schema, the commands and the checks of decisions all read this table.
 */
export const families = {
  dispatch,
  replication,
  eviction,
  sync,
  trust,
  handout,
  pieces,
  choking,
  chunkSize,
};

export type Families = typeof families;
export type FamilyKey = keyof Families;

/** The keys, in order. */
export const FAMILY_KEYS = Object.keys(families) as readonly FamilyKey[];

/** A family that is known by its key when the program runs, and not before. */
export function familyOf(key: FamilyKey): AnyFamily<FamilyKey> {
  return families[key] as unknown as AnyFamily<FamilyKey>;
}

export type Policies = { readonly [Key in FamilyKey]: Families[Key]["members"] } & {
  readonly wrapper: readonly DispatchWrapper[];
};

/** Every policy by its family's key, and what may go before others by the key of its own. */
export const policies = Object.fromEntries(
  FAMILY_KEYS.map(familyOf).flatMap(({ key, members, composition }) => [
    [key, members],
    ...(composition === undefined || composition.key === key
      ? []
      : [[composition.key, composition.first]]),
  ]),
) as Policies;

/**
 * The policy of the family with this name, which may be composed: `wrapper+policy` for dispatch,
 * with any number of wrappers, the first outermost; `policy+policy` for replication, where a file
 * goes wherever one of the two puts it. Policies of the caller's `own` count as the family's.
 *
 * @throws RangeError that names the known policies, when a part of `name` is none of them.
 */
export function policyNamed<P extends Named>(
  members: readonly P[],
  name: string,
  own: readonly P[] = [],
): P {
  const all: readonly Named[] = members;
  const family = FAMILY_KEYS.map(familyOf).find((candidate) => candidate.members === all);
  const plus = name.indexOf("+");
  if (plus < 0 || family?.composition === undefined) return oneNamed([...members, ...own], name);
  const { key, first, composed } = family.composition;
  const outer = oneNamed(key === family.key ? [...first, ...own] : first, name.slice(0, plus));
  return composed(outer, policyNamed(members, name.slice(plus + 1), own)) as P;
}

function oneNamed<P extends Named>(family: readonly P[], name: string): P {
  const policy = family.find((candidate) => candidate.name === name);
  if (policy !== undefined) return policy;
  const known = family.map((candidate) => candidate.name).join(", ");
  throw new RangeError(`unknown policy: ${name}; known: ${known}`);
}
