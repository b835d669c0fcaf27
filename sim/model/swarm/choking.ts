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

/**
 * What a seed does: a peer keeps its slot until it has had `quota` bytes, then those that have
 * waited longest follow (libtorrent's round robin, settings_pack.hpp, seed_choking_algorithm).
 */
export function roundRobin(quota: number): ChokingRule {
  return (peers, slots) => {
    const isServed = (peer: Wanting) => peer.unchoked && peer.sent < quota;
    return [...peers]
      .sort((a, b) => Number(isServed(b)) - Number(isServed(a)) || a.since - b.since)
      .slice(0, slots)
      .map(({ connection }) => connection);
  };
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
