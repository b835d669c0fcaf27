import { InputError } from "../../engine/input-error.ts";
import { NO_PIECE, SWARM } from "../../policies/index.ts";
import type { PolicyFamily } from "../config/experiment.ts";
import type { OwnPolicy } from "./module.ts";

/** A policy of the user's own threw, or decided what cannot be done. */
export class OwnPolicyError extends Error {
  override readonly name = "OwnPolicyError";
}

/** What the user is told of it. */
export function failedAt(now: number, { message }: OwnPolicyError): InputError {
  return new InputError([`${message}; at ${now} s of the simulation`]);
}

/**
 * The policy under the name that the experiment gives it. What it throws becomes an `OwnPolicyError`,
 * and so does a decision that the model could not act on.
 */
export function guarded(name: string, family: PolicyFamily, policy: OwnPolicy): OwnPolicy {
  const { memory } = policy;
  return {
    ...policy,
    name,
    ...(memory === undefined
      ? {}
      : {
          memory: {
            init: () => tried(name, () => memory.init()),
            observe: (before, event) => tried(name, () => memory.observe(before, event)),
          },
        }),
    decide(view, params, random, remembered) {
      const decision = tried(name, () => policy.decide(view, params, random, remembered));
      const problem = PROBLEM[family](view as never, (decision ?? {}) as never);
      if (problem !== undefined) throw new OwnPolicyError(`${name}: ${problem}`);
      return decision;
    },
  };
}

function tried<Result>(name: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new OwnPolicyError(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a decision about a view, by family. */
const PROBLEM: Readonly<
  Record<PolicyFamily, (view: Fields, decision: Fields) => string | undefined>
> = {
  dispatch({ count }, { to, reason, retryAfter }) {
    if (!isIndex(to, Number(count)) && to !== -1) return outside("to", to, indices(count, -1));
    const waits = typeof retryAfter === "number" && retryAfter > 0 && to === -1;
    if (retryAfter !== undefined && !waits) {
      return outside("retryAfter", retryAfter, "seconds above 0, with to -1");
    }
    return noReason(reason);
  },
  replication({ count }, { copyTo, reason }) {
    if (!Array.isArray(copyTo)) return outside("copyTo", copyTo, "a list of volunteers' indices");
    const wrong = wrongIn(copyTo, count);
    return wrong === undefined ? noReason(reason) : `decision.copyTo: ${wrong}`;
  },
  eviction: ({ count }, { evict, reason }) => {
    const wrong = wrongIn(evict, count);
    return wrong === undefined ? noReason(reason) : `decision.evict: ${wrong}`;
  },
  sync({ now }, { at, rate, from, reason }) {
    if (!(typeof at === "number" && at >= 0)) return outside("at", at, `a time from ${now} on`);
    if (!(typeof rate === "number" && rate > 0)) return outside("rate", rate, "bytes/s above 0");
    const isSource = Number.isInteger(from) && Number(from) >= SWARM;
    return isSource ? noReason(reason) : outside("from", from, "a volunteer, SERVER or SWARM");
  },
  trust(_view, { serve, audit, reason }) {
    if (typeof serve !== "boolean") return outside("serve", serve, "true or false");
    if (typeof audit !== "boolean") return outside("audit", audit, "true or false");
    return noReason(reason);
  },
  handout({ count }, { peers, reason }) {
    const wrong = wrongIn(peers, count);
    return wrong === undefined ? noReason(reason) : `decision.peers: ${wrong}`;
  },
  pieces({ theirs }, { piece, reason }) {
    const { length } = theirs as ArrayLike<unknown>;
    if (piece === NO_PIECE || isIndex(piece, length)) return noReason(reason);
    return outside("piece", piece, `${indices(length, 0)} or NO_PIECE`);
  },
  choking(_view, { unchoke, reason }) {
    if (!Array.isArray(unchoke)) return outside("unchoke", unchoke, "a list of connections");
    return noReason(reason);
  },
  chunkSize({ size }, { chunkSize, reason }) {
    const isSize = isIndex(chunkSize, Number(size) + 1) && chunkSize !== 0;
    return isSize
      ? noReason(reason)
      : outside("chunkSize", chunkSize, `whole bytes in [1, ${size}]`);
  },
};

/** What is wrong with a list of indices below `count`, each once. */
function wrongIn(found: unknown, count: unknown): string | undefined {
  if (!Array.isArray(found)) return `expected a list of indices; got ${JSON.stringify(found)}`;
  const wrong = found.find((to, at) => !isIndex(to, Number(count)) || found.indexOf(to) < at);
  if (wrong === undefined) return undefined;
  return `expected ${indices(count, 0)}, each once; got ${JSON.stringify(wrong)}`;
}

function isIndex(value: unknown, count: number): boolean {
  return Number.isInteger(value) && 0 <= Number(value) && Number(value) < count;
}

function indices(count: unknown, first: number): string {
  return `a whole number in [${first}, ${count})`;
}

function outside(field: string, found: unknown, expected: string): string {
  return `decision.${field}: expected ${expected}; got ${JSON.stringify(found) ?? "nothing"}`;
}

function noReason(reason: unknown): string | undefined {
  return typeof reason === "string" ? undefined : outside("reason", reason, "text");
}
