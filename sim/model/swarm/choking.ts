import type { Stream } from "../../engine/random.ts";
import type { Wanting as WantingOfAll } from "../../policies/swarm/choking.ts";

/** One of the peers that want something, with what the clients' own rules look at besides. */
export interface Wanting extends WantingOfAll {
  /** When it was last unchoked, in seconds, or -Infinity. */
  readonly since: number;
  /** Bytes sent to it since then. */
  readonly sent: number;
}

/** Whom to send to: the connections, best first. Ties keep the order of `peers`. */
export type ChokingRule = (peers: readonly Wanting[], slots: number) => number[];

/** Tit for tat: those that gave most (BEP 3). */
export const reciprocal: ChokingRule = (peers, slots) =>
  [...peers]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, slots)
    .map(({ connection }) => connection);

/** Seconds that a peer keeps the slot of a seed at least. */
const LEAST_STAY = 60;

/**
 * What a seed does: a peer keeps its slot until it has had `quota` bytes and a minute, unless others
 * take more; then come those that have waited longest (libtorrent, choker.cpp, unchoke_compare_rr).
 */
export function roundRobin(quota: number, now: number): ChokingRule {
  const isDone = ({ unchoked, sent, since }: Wanting) =>
    unchoked && sent > quota && now - since > LEAST_STAY;
  const taken = ({ unchoked, bytes }: Wanting) => (unchoked ? bytes : 0);
  return (peers, slots) =>
    [...peers]
      .sort(
        (a, b) => Number(isDone(a)) - Number(isDone(b)) || taken(b) - taken(a) || waitedSince(a, b),
      )
      .slice(0, slots)
      .map(({ connection }) => connection);
}

/** Both may have waited since ever, whose difference is not a number. */
function waitedSince(a: Wanting, b: Wanting): number {
  return a.since === b.since ? 0 : a.since - b.since;
}

/** One of those that were not chosen, at random, so that newcomers can show what they give. */
export function optimistic(
  peers: readonly Wanting[],
  chosen: readonly number[],
  random: Stream,
): number | null {
  const others = peers.filter(({ connection }) => !chosen.includes(connection));
  return others.length === 0 ? null : others[Math.floor(random() * others.length)].connection;
}
