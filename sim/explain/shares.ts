import type { Name, Names } from "./names.ts";
import type { Life, Phase } from "./timeline.ts";

/** What one thing contributed to delays. */
export interface Share extends Name {
  readonly seconds: number;
  /** Of all delay. */
  readonly share: number;
  /** Other downloads, and other transfers, on the link: on average while it held back. */
  readonly downloads: number;
  readonly others: number;
  /** Bytes that came meanwhile, and the lowest and the highest rate, in bytes per second. */
  readonly bytes: number;
  readonly slowest: number;
  readonly fastest: number;
}

/** What held the requests back, most first; the shares add up to 1 where there is any delay. */
export function sharesOf(lives: Iterable<Life>, names: Names, by: keyof Name = "name"): Share[] {
  const found = new Map<string, Share>();
  let all = 0;
  for (const life of lives) {
    for (const phase of life.phases) {
      const name = phaseName(life, phase, names);
      const key = name[by];
      found.set(key, added(found.get(key) ?? { ...name, name: key, ...NOTHING }, phase));
      all += phase.to - phase.from;
    }
  }
  return [...found.values()]
    .map((share) => ({ ...share, share: share.seconds / all }))
    .sort((a, b) => b.seconds - a.seconds);
}

/** What held the request back in one of its phases. */
export function phaseName({ attempts }: Life, { hold, attempt }: Phase, names: Names): Name {
  return names.hold(hold, attempts[attempt]?.node ?? null);
}

const NOTHING = {
  ...{ seconds: 0, share: 0, downloads: 0, others: 0, bytes: 0 },
  slowest: Number.POSITIVE_INFINITY,
  fastest: 0,
};

function added(share: Share, phase: Phase): Share {
  const { from, to, downloads, others, bytes } = phase;
  const seconds = share.seconds + (to - from);
  const part = (to - from) / seconds;
  return {
    ...share,
    seconds,
    downloads: share.downloads + (downloads - share.downloads) * part,
    others: share.others + (others - share.others) * part,
    bytes: share.bytes + bytes,
    slowest: Math.min(share.slowest, phase.slowest),
    fastest: Math.max(share.fastest, phase.fastest),
  };
}
