/**
 * How requests spread over ranks: a power law in pieces, continuous where two of them meet. The
 * probability of a rank r falls as r to the power of minus the exponent of the piece it lies in.
 *
 * A flat first piece is the plateau of files that everyone installs, then comes the body and a
 * steeper tail: no single Zipf law fits a repository (C. Dale, J. Liu, apt-p2p, INFOCOM 2009).
 */
export interface RankLaw {
  /** Ranks that the law covers, from 1 on. */
  readonly ranks: number;
  /** In order of rank; the first begins at rank 1. */
  readonly pieces: readonly RankPiece[];
}

export interface RankPiece {
  /** The rank at which the piece begins. */
  readonly from: number;
  readonly exponent: number;
}

/** The probability of each rank; rank 1 stands at index 0. */
export function rankShares({ ranks, pieces }: RankLaw): Float64Array {
  const shares = new Float64Array(ranks);
  let sum = 0;
  let piece = 0;
  let atStart = 0;
  for (let rank = 1; rank <= ranks; rank++) {
    while (piece + 1 < pieces.length && rank > pieces[piece + 1].from) {
      atStart -= pieces[piece].exponent * Math.log(pieces[piece + 1].from / pieces[piece].from);
      piece++;
    }
    const { from, exponent } = pieces[piece];
    const share = Math.exp(atStart - exponent * Math.log(rank / from));
    shares[rank - 1] = share;
    sum += share;
  }
  return shares.map((share) => share / sum);
}
