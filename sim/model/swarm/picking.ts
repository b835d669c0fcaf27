/** What a peer knows when it is to choose the piece it asks another for. */
export interface PieceView {
  /** Pieces that have blocks nobody has been asked for, in no order. */
  readonly open: Int32Array;
  readonly openCount: number;
  /** Whether the other peer has a piece. */
  readonly theirs: Uint8Array;
  /** Known copies of each piece. */
  readonly availability: Int32Array;
  /** The connection that blocks of a piece were asked from: `NOBODY`, `SEVERAL`, or its number. */
  readonly asked: Int32Array;
  /** An order of its own for each peer, so that equally rare pieces are not fetched in step. */
  readonly order: Int32Array;
  /** The connection that is to be asked. */
  readonly connection: number;
  /** Whether the piece is to come from one connection alone, as far as there is a choice. */
  readonly whole: boolean;
}

export const NOBODY = -1;
export const SEVERAL = -2;
export const NO_PIECE = -1;

/** Chooses one open piece that the other peer has, or `NO_PIECE`. */
export type PiecePolicy = (view: PieceView) => number;

/**
 * The piece with the fewest known copies. Of equally rare ones, a piece begun comes first, unless
 * whole pieces are wanted: then pieces begun with others come last of all.
 */
export const rarestFirst: PiecePolicy = (view) => {
  const { open, openCount, theirs, availability, asked, order, connection, whole } = view;
  let best = NO_PIECE;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let i = 0; i < openCount; i++) {
    const piece = open[i];
    if (theirs[piece] === 0) continue;
    const begun = asked[piece] !== NOBODY;
    const shared = begun && asked[piece] !== connection;
    // Ranked by: begun elsewhere (if that matters), copies, not begun, own order.
    const copies = (whole && shared ? 65_536 : 0) + availability[piece];
    const rank = (copies * 2 + (begun ? 0 : 1)) * 16_777_216 + order[piece];
    if (rank < bestRank) {
      bestRank = rank;
      best = piece;
    }
  }
  return best;
};

/** The first that can be had, going round from `start`: what a peer with next to nothing does. */
export function roundFrom(start: number): PiecePolicy {
  return ({ open, openCount, theirs, order, asked, connection, whole }) => {
    let best = NO_PIECE;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < openCount; i++) {
      const piece = open[i];
      if (theirs[piece] === 0) continue;
      const shared = whole && asked[piece] !== NOBODY && asked[piece] !== connection;
      const steps = (piece >= start ? 0 : order.length) + piece + (shared ? 2 * order.length : 0);
      if (steps < least) {
        least = steps;
        best = piece;
      }
    }
    return best;
  };
}
