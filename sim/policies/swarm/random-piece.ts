import { leastPiece, type PiecePolicy } from "./pieces.ts";

/** Asks for any piece, all alike. */
export const randomPiece: PiecePolicy = {
  name: "random",
  summary: "any piece that is missing",
  source: "BEP 3: generally random order",
  params: {},
  decide: (view, _params, random) => ({
    piece: leastPiece(view, random, () => 0),
    reason: "random",
  }),
};
