/** Names of policies, which may be composed with `+`, and what they stand for. */
import type { ParamSpec, ParamSpecs } from "../../policies/index.ts";
import type { Complain } from "./field.ts";
import type { Dimension } from "./quantity.ts";

/** A policy as far as an experiment's file is concerned. */
export interface KnownPolicy {
  readonly name: string;
  readonly summary: string;
  readonly params: ParamSpecs;
  /** What is wrong with a policy of the user's own, by which it cannot be used. */
  readonly problem?: string;
  /** The files of the user's own policies in it, by their paths in the experiment's file. */
  readonly own?: Readonly<Record<string, string>>;
}

/** What an experiment may name in one place. */
export interface Members {
  readonly known: readonly KnownPolicy[];
  /** What may go before `+`; absent where names are not composed. */
  readonly before?: readonly KnownPolicy[];
}

/** The policy of that name, with the params of all its parts. */
export function policyOfName(
  name: string,
  { known, before }: Members,
  complain: Complain,
): KnownPolicy | undefined {
  const parts = before === undefined ? [name] : name.split("+");
  const found = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return partOfName(part, isLast || before === undefined ? known : before, complain);
  });
  const policies = found.filter((policy) => policy !== undefined);
  if (policies.length < parts.length) return undefined;
  const twice = parts.find((part, index) => parts.indexOf(part) < index);
  if (twice !== undefined) {
    return complain({ kind: "other", text: `duplicate part: ${twice}`, found: twice });
  }
  const own = Object.assign({}, ...policies.map((policy) => policy.own));
  return {
    name,
    summary: policies.map(({ summary }) => summary).join("; "),
    params: Object.assign({}, ...policies.map(({ params }) => params)),
    ...(Object.keys(own).length > 0 ? { own } : {}),
  };
}

function partOfName(
  part: string,
  known: readonly KnownPolicy[],
  complain: Complain,
): KnownPolicy | undefined {
  const policy = known.find((candidate) => candidate.name === part);
  if (policy === undefined) {
    const names = known.filter(({ own }) => own === undefined).map(({ name }) => name);
    return complain({ kind: "unknown", what: "policy", found: part, known: names });
  }
  if (policy.problem === undefined) return policy;
  return complain({ kind: "other", text: `${part}: ${policy.problem}`, found: part });
}

/** Whether the name is the path of a module of the user's own. */
export function isPath(name: string): boolean {
  return /^\.{0,2}\/|\.[cm]?js$/.test(name);
}

const DIMENSIONS: Readonly<Partial<Record<ParamSpec["unit"], Dimension>>> = {
  seconds: "duration",
  bytes: "size",
  "bytes/s": "rate",
};

/** What a param's unit counts; undefined where it is a plain number. */
export function dimensionOf({ unit }: ParamSpec): Dimension | undefined {
  return DIMENSIONS[unit];
}
