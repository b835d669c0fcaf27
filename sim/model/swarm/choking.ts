import type { Stream } from "../../engine/random.ts";

/** One of the peers that want something. */
export interface Wanting {
  readonly connection: number;
  /** Bytes received from it since the last choice; sent to it, if the chooser is a seed. */
  readonly bytes: number;
  /** Whether it is being sent to. */
  readonly unchoked: boolean;
  /** When it was last unchoked, in seconds, or -Infinity. */
  readonly since: number;
  /** Bytes sent to it since then. */
  readonly sent: number;
}

/** Whom to send to: the connections, best first. Ties keep the order of `peers`. */
export type ChokingPolicy = (peers: readonly Wanting[], slots: number) => number[];

/** Tit for tat: those that gave most (BEP 3). */
export const reciprocal: ChokingPolicy = (peers, slots) =>
  [...peers]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, slots)
    .map(({ connection }) => connection);

/**
 * What a seed does: a peer keeps its slot until it has had `quota` bytes, then those that have
 * waited longest follow (libtorrent's round robin, settings_pack.hpp, seed_choking_algorithm).
 */
export function roundRobin(quota: number): ChokingPolicy {
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
