import { type CountLaw, fitCountLaw } from "./count-law.ts";
import { fitRankLaw, type RankLawFit } from "./fit-rank-law.ts";

export interface PopularityProfile {
  /** Files that were asked for at least once. */
  readonly requestedFiles: number;
  /** Shares of the requests that go to the most requested files. */
  readonly topShares: readonly { readonly files: number; readonly requests: number }[];
  /** Requests by rank, at ranks that grow by about a tenth. */
  readonly ranks: readonly { readonly rank: number; readonly requests: number }[];
  /** The law of ranks; null for fewer than two files with ten requests. */
  readonly law: RankLawFit | null;
  /** The law of counts; null without a tail of fifty files. */
  readonly counts: CountLaw | null;
}

const TOP = [1, 10, 100, 1000, 10_000] as const;
const GROWTH = 1.1;

/** @param requests Requests to each file, in any order. */
export function profilePopularity(requests: Uint32Array): PopularityProfile {
  const counts = requests.slice().sort().reverse();
  const firstUnasked = counts.indexOf(0);
  const requestedFiles = firstUnasked === -1 ? counts.length : firstUnasked;
  return {
    requestedFiles,
    topShares: topShares(counts, requestedFiles),
    ranks: thinned(counts, requestedFiles),
    law: fitRankLaw(counts),
    counts: fitCountLaw(counts),
  };
}

function topShares(counts: Uint32Array, requestedFiles: number): PopularityProfile["topShares"] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return TOP.filter((files) => files <= requestedFiles).map((files) => ({
    files,
    requests: counts.subarray(0, files).reduce((sum, count) => sum + count, 0) / all,
  }));
}

function thinned(counts: Uint32Array, requestedFiles: number): PopularityProfile["ranks"] {
  const rows: { rank: number; requests: number }[] = [];
  for (let rank = 1; rank <= requestedFiles; rank = Math.max(rank + 1, Math.round(rank * GROWTH))) {
    rows.push({ rank, requests: counts[rank - 1] });
  }
  return rows;
}
