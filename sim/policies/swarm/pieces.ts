import type { ParamSpecs, Policy } from "../policy.ts";
import { numbers, type Shape, whole } from "../shape.ts";

/** A peer is to choose the piece that it asks another peer for. */
export interface PieceView {
  /** Pieces that it has not, and may ask for, in no order. */
  readonly open: ArrayLike<number>;
  /** How many of `open` count: the host's array may be longer. */
  readonly openCount: number;
  /** By piece, whether the other peer has it: 1 or 0. */
  readonly theirs: ArrayLike<number>;
  /** By piece, the copies that the peer knows of. */
  readonly availability: ArrayLike<number>;
}

export const PIECE_VIEW: Shape<PieceView> = {
  open: numbers(whole(), { count: "openCount" }),
  openCount: whole(),
  theirs: numbers(whole()),
  availability: numbers(whole()),
};

export interface PieceChoice {
  /** One of the open pieces that the other peer has, or `NO_PIECE`. */
  readonly piece: number;
  readonly reason: string;
}

/** `PieceChoice.piece` when the other peer has nothing that is open. */
export const NO_PIECE = -1;

export type PiecePolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  PieceView,
  PieceChoice,
  never,
  Params,
  undefined
>;

/** The piece of least rank that the other peer has; a draw settles ties. */
export function leastPiece(
  { open, openCount, theirs }: PieceView,
  random: () => number,
  rankOf: (piece: number) => number,
): number {
  let best = NO_PIECE;
  let least = Number.POSITIVE_INFINITY;
  let ties = 0;
  for (let i = 0; i < openCount; i++) {
    const piece = open[i];
    if (theirs[piece] === 0) continue;
    const rank = rankOf(piece);
    if (rank < least) {
      best = piece;
      least = rank;
      ties = 1;
    } else if (rank === least && random() * ++ties < 1) {
      best = piece; // The k-th of k equals replaces the one kept with probability 1/k.
    }
  }
  return best;
}
