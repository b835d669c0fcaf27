import { leastPiece, type PiecePolicy } from "./pieces.ts";

/** Asks for the first piece that is missing, as a player or an unpacker wants it. */
export const sequential: PiecePolicy = {
  name: "sequential",
  summary: "the first piece that is missing",
  source: "Shah and Pâris, Peer-to-peer multimedia streaming using BitTorrent, IPCCC 2007",
  params: {},
  decide: (view, _params, random) => ({
    piece: leastPiece(view, random, (piece) => piece),
    reason: "first",
  }),
};
