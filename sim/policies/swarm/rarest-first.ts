import { leastPiece, type PiecePolicy } from "./pieces.ts";

/** Asks for a piece of which the peer knows the fewest copies, so that none becomes scarce. */
export const rarestFirst: PiecePolicy = {
  name: "rarest-first",
  summary: "a piece with the fewest known copies",
  source: "Cohen, Incentives build robustness in BitTorrent, 2003",
  params: {},
  decide: (view, _params, random) => ({
    piece: leastPiece(view, random, (piece) => view.availability[piece]),
    reason: "rarest",
  }),
};
