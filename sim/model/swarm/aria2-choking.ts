import type { Stream } from "../../engine/random.ts";

/** What aria2 looks at of a peer that wants something. */
export interface Asking {
  readonly connection: number;
  /** Bytes a second: received from it, or sent to it if the chooser has everything. */
  readonly rate: number;
  /** Seconds since it gave a block, or since it was last unchoked if the chooser has everything. */
  readonly ago: number;
  /** Whether blocks wait to be sent to it. */
  readonly waits: boolean;
  readonly unchoked: boolean;
}

export interface Round {
  /** Rounds so far, modulo three. */
  readonly round: number;
  /** The connection that has the optimistic slot, or -1. */
  readonly optimistic: number;
}

/** The optimistic slot comes on top of these. */
const REGULAR = 3;

/** Seconds for which a block that was given counts, and for which a slot is kept. */
const GAVE_RECENTLY = 30;
const RECENT = 20;

/**
 * A round of a leecher: three that gave a block lately, fastest first, or any others; every third
 * round also one of those it does not send to (BtLeecherStateChoke.cc).
 */
export function leecherRound(
  asking: readonly Asking[],
  { round, optimistic }: Round,
  random: Stream,
): { chosen: number[]; optimistic: number } {
  const choked = asking.filter(({ unchoked }) => !unchoked);
  const lucky = round > 0 ? optimistic : (oneOf(choked, random)?.connection ?? -1);
  const giving = asking.filter(({ ago }) => ago < GAVE_RECENTLY).sort((a, b) => b.rate - a.rate);
  const others = mixed(
    asking.filter(({ ago }) => !(ago < GAVE_RECENTLY)),
    random,
  );
  const regular = [...giving, ...others].slice(0, REGULAR).map(({ connection }) => connection);
  return regular.includes(lucky)
    ? { chosen: regular, optimistic: regular[0] }
    : { chosen: [...regular, lucky], optimistic: lucky };
}

/**
 * A round of a seed: those it owes blocks to, then those it has just begun to send to, then the
 * fastest; and but for every third round one of the others (BtSeederStateChoke.cc).
 */
export function seederRound(
  asking: readonly Asking[],
  { round, optimistic }: Round,
  random: Stream,
): { chosen: number[]; optimistic: number } {
  const ranked = asking.toSorted(
    (a, b) =>
      Number(b.waits) - Number(a.waits) ||
      Math.min(a.ago, RECENT) - Math.min(b.ago, RECENT) ||
      b.rate - a.rate,
  );
  const count = round === 2 ? REGULAR + 1 : REGULAR;
  const chosen = ranked.slice(0, count).map(({ connection }) => connection);
  const lucky = round === 2 ? optimistic : (oneOf(ranked.slice(count), random)?.connection ?? -1);
  return { chosen: [...chosen, lucky], optimistic: lucky };
}

function oneOf<T>(items: readonly T[], random: Stream): T | undefined {
  return items[Math.floor(random() * items.length)];
}

function mixed<T>(items: readonly T[], random: Stream): T[] {
  const keys = new Map(items.map((item) => [item, random()]));
  return items.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
}
