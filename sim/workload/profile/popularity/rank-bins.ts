/** Ranks that follow each other, counted together. */
export interface RankBin {
  /** The first rank of the bin and the first beyond it. */
  readonly from: number;
  readonly to: number;
  /** The mean of the natural logarithm of its ranks. */
  readonly logRank: number;
  /** Requests to files of these ranks. */
  readonly requests: number;
}

/** Ranks up to this one have a bin of their own. */
const ALONE = 32;
/** Beyond, a bin's ranks grow by so much: the error in a power of the rank is below 0.1 %. */
const GROWTH = 1.06;

/** The first `ranks` of the counts, which never increase, in bins that grow with the rank. */
export function rankBins(counts: ArrayLike<number>, ranks: number): readonly RankBin[] {
  const bins: RankBin[] = [];
  let from = 1;
  while (from <= ranks) {
    const to = Math.min(ranks + 1, from < ALONE ? from + 1 : Math.ceil(from * GROWTH));
    let requests = 0;
    let logs = 0;
    for (let rank = from; rank < to; rank++) {
      requests += counts[rank - 1];
      logs += Math.log(rank);
    }
    bins.push({ from, to, logRank: logs / (to - from), requests });
    from = to;
  }
  return bins;
}
