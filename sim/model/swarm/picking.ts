/** What a peer knows when it is to choose the piece it asks another for. */
export interface PieceView {
  /** Pieces that have blocks nobody has been asked for, in no order. */
  readonly open: Int32Array;
  readonly openCount: number;
  /** Whether the other peer has a piece. */
  readonly theirs: Uint8Array;
  /** Known copies of each piece. */
  readonly availability: Int32Array;
  /** Blocks of each piece that nobody has been asked for. */
  readonly free: Int32Array;
  /** The connection that blocks of a piece were asked from: `NOBODY`, `SEVERAL`, or its number. */
  readonly asked: Int32Array;
  /** An order of its own for each peer, so that equally rare pieces are not fetched in step. */
  readonly order: Int32Array;
  /** The connection that is to be asked. */
  readonly connection: number;
  /** Whether the piece is to come from one connection alone, as far as there is a choice. */
  readonly whole: boolean;
  /** Whether pieces that are begun come before all others. */
  readonly begunFirst: boolean;
}

export const NOBODY = -1;
export const SEVERAL = -2;
export const NO_PIECE = -1;

/** Chooses one open piece that the other peer has, or `NO_PIECE`. */
export type PieceRule = (view: PieceView) => number;

/**
 * The piece with the fewest known copies; of equally rare ones, one that is begun. What comes
 * before rarity: pieces begun with other connections are last if whole pieces are wanted, and
 * pieces begun are first if there are too many of them.
 */
export const rarestFirst: PieceRule = (view) =>
  least(view, (piece) => view.availability[piece] * STEP + (isBegun(view, piece) ? 0 : HALF_STEP));

/** Of the pieces that are begun, the one with the fewest blocks to ask for; or `NO_PIECE`. */
export function mostBegun({ open, openCount, theirs, free, asked }: PieceView): number {
  let best = NO_PIECE;
  for (let i = 0; i < openCount; i++) {
    const piece = open[i];
    if (theirs[piece] === 0 || asked[piece] === NOBODY) continue;
    if (best === NO_PIECE || free[piece] < free[best]) best = piece;
  }
  return best;
}

/** Any piece, whatever its rarity: the first going round from `start`. Begun pieces come first. */
export function roundFrom(start: number): PieceRule {
  return (view) =>
    least(
      { ...view, begunFirst: true, whole: false },
      (piece) => piece + (piece >= start ? 0 : view.order.length),
    );
}

const STEP = 2;
const HALF_STEP = 1;
/** More than any availability, any number of pieces and any number of blocks of a piece. */
const CLASS = 2 ** 24;

/** The piece of least class, then least rank; then fewest free blocks if begun, and own order. */
function least(view: PieceView, rankOf: (piece: number) => number): number {
  const { open, openCount, theirs, free, order } = view;
  let best = NO_PIECE;
  let bestRank = Number.POSITIVE_INFINITY;
  let bestTie = Number.POSITIVE_INFINITY;
  for (let i = 0; i < openCount; i++) {
    const piece = open[i];
    if (theirs[piece] === 0) continue;
    const rank = classOf(view, piece) * CLASS + rankOf(piece);
    if (rank > bestRank) continue;
    const tie = (isBegun(view, piece) ? free[piece] : 0) * CLASS + order[piece];
    if (rank === bestRank && tie >= bestTie) continue;
    best = piece;
    bestRank = rank;
    bestTie = tie;
  }
  return best;
}

function classOf(view: PieceView, piece: number): number {
  const { asked, connection, whole, begunFirst } = view;
  if (!isBegun(view, piece)) return 1;
  if (whole && asked[piece] !== connection) return 2;
  return begunFirst ? 0 : 1;
}

function isBegun({ asked }: PieceView, piece: number): boolean {
  return asked[piece] !== NOBODY;
}
