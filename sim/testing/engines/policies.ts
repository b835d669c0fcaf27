import {
  bind,
  type Dispatch,
  type DispatchPolicy,
  type DispatchView,
  type ParamSpec,
  type Policy,
  policies,
  policyNamed,
  type Random,
  type ReplicationPolicy,
  SERVER,
  type TrustEvent,
  type TrustView,
} from "../../policies/index.ts";
import {
  asin,
  cosOfDegrees,
  exp,
  log,
  log2,
  pow,
  sinOfDegrees,
} from "../../policies/portable-math.ts";
import { redirected, stream } from "../../policies/testing.ts";
import {
  viewsForChoking,
  viewsForChunkSize,
  viewsForDispatch,
  viewsForEviction,
  viewsForHandout,
  viewsForPieces,
  viewsForReplication,
  viewsForSync,
  viewsForTrust,
} from "./views.ts";

/** A line for each policy and setting of its params: a hash of what it decides of seeded views. */
export function output(): string {
  const { dispatch, wrapper, replication, eviction, chunkSize, sync, trust } = policies;
  const { handout, pieces, choking } = policies;
  return [
    ...ofFunctions(),
    ...ofFamily("dispatch", [...dispatch, ...composed(wrapper)], viewsForDispatch, sent),
    ...ofFamily("replication", [...replication, ...united()], viewsForReplication),
    ...ofFamily("eviction", eviction, viewsForEviction),
    ...ofFamily("chunk size", chunkSize, viewsForChunkSize),
    ...ofFamily("sync", sync, viewsForSync),
    ...ofFamily("handout", handout, viewsForHandout),
    ...ofFamily("pieces", pieces, viewsForPieces),
    ...ofFamily("choking", choking, viewsForChoking),
    ...ofFamily("trust", trust, viewsForTrust, learnt),
  ].join("\n");
}

/** Each wrapper around policies that compute, and several around one. */
function composed(wrappers: readonly { readonly name: string }[]): DispatchPolicy[] {
  const names = wrappers.flatMap(({ name }) => [`${name}+tracker-informed`, `${name}+rendezvous`]);
  return [...names, "admission+fresh+sticky+power-of-d"].map((name) =>
    policyNamed(policies.dispatch, name),
  );
}

function united(): ReplicationPolicy[] {
  return ["new-releases+rendezvous", "subtree+popularity-ranked+availability-target"].map((name) =>
    policyNamed(policies.replication, name),
  );
}

function sent({ candidates, customer, file, size, now }: DispatchView, { to }: Dispatch) {
  const node = to === SERVER ? SERVER : candidates[to].node;
  return redirected(node, { customer, file, size, at: now });
}

/** What becomes known of the volunteer after a decision. */
function learnt({ now }: TrustView): TrustEvent {
  return { kind: now % 2 < 1 ? "audit" : "report", passed: now % 10 < 7, at: now + 1 };
}

/** The functions themselves, whose last bits decisions seldom show. */
function ofFunctions(): string[] {
  const random = stream(1);
  const draws = Array.from({ length: 3000 }, random);
  const lines: readonly (readonly [name: string, of: (draw: number) => number])[] = [
    ["exp", (draw) => exp(40 * draw - 30)],
    ["log", (draw) => log(1 - draw)],
    ["log2", (draw) => log2(1e6 * draw)],
    ["pow", (draw) => pow(1000 * draw, 10 * draw)],
    ["sin", (draw) => sinOfDegrees(720 * draw - 360)],
    ["cos", (draw) => cosOfDegrees(720 * draw - 360)],
    ["asin", (draw) => asin(2 * draw - 1)],
  ];
  return lines.map(([name, of]) => `${name} ${hashOf(draws.map(of))}`);
}

function ofFamily<View, Decision, Event>(
  family: string,
  members: readonly Policy<View, Decision, Event>[],
  viewsFor: (random: Random) => readonly View[],
  eventAfter?: (view: View, decision: Decision) => Event,
): string[] {
  const views = viewsFor(stream(2));
  return members.flatMap((policy) =>
    settingsOf(policy).map(([setting, valueFor]) => {
      const params = Object.entries(policy.params).map(([name, spec]) => [name, valueFor(spec)]);
      const { decide, observe } = bind(policy, Object.fromEntries(params));
      const random = stream(3);
      const decisions = views.map((view) => {
        const decision = decide(view, random);
        if (eventAfter !== undefined) observe(eventAfter(view, decision));
        return decision;
      });
      return `${family}, ${policy.name}, ${setting}: ${hashOf(decisions)}`;
    }),
  );
}

/** A policy without params has one setting. */
function settingsOf({ params }: { readonly params: object }) {
  return Object.entries(SETTINGS).slice(0, Object.keys(params).length === 0 ? 1 : undefined);
}

/** A value for a param, by the setting's name. */
const SETTINGS: Readonly<Record<string, (spec: ParamSpec) => number>> = {
  default: (spec) => spec.default,
  least: ({ min }) => min,
  most: ({ max }) => max,
  between: ({ default: usual, min, max, unit }) => {
    const limit = usual < max ? Math.min(max, 4 * usual + 1) : min;
    const value = usual + 0.3 * (limit - usual);
    return unit === "bytes" || unit === "count" ? Math.round(value) : value;
  },
};

/** FNV-1a of 32 bits, of the values as text with all numbers. */
function hashOf(values: readonly unknown[]): string {
  let hash = 0x811c9dc5;
  for (const value of values) {
    const text = JSON.stringify(value, (_, part) => (typeof part === "number" ? `${part}` : part));
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
