/** The families that act in swarms: whom the tracker tells of, and what peers ask for and whom they send to. */
import type { Family } from "../family.ts";
import { wrongField, wrongIndices, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { CHOKING_VIEW, type Choking, type ChokingView } from "./choking.ts";
import { completeness } from "./completeness.ts";
import { HANDOUT_VIEW, type Handout, type HandoutView } from "./handout.ts";
import { locality } from "./locality.ts";
import { noChoking } from "./no-choking.ts";
import { NO_PIECE, PIECE_VIEW, type PieceChoice, type PieceView } from "./pieces.ts";
import { randomPeers } from "./random-peers.ts";
import { randomPiece } from "./random-piece.ts";
import { rarestFirst } from "./rarest-first.ts";
import { sequential } from "./sequential.ts";
import { titForTat } from "./tit-for-tat.ts";

export const handout: Family<"handout", HandoutView, Handout, never, undefined> = {
  key: "handout",
  decides: "whom a tracker tells of, in exact swarms",
  members: [randomPeers, completeness, locality],
  whenAbsent: { host: "any peers, in random order" },
  view: record(HANDOUT_VIEW),
  whatIsWrong({ count, wanted }, { peers, reason }) {
    const wrong = wrongIndices("peers", peers, count);
    if (wrong !== undefined) return wrong;
    const { length } = peers as readonly unknown[];
    return length > wanted
      ? wrongField("peers.length", `at most the ${wanted} wanted`, length)
      : wrongReason(reason);
  },
};

export const pieces: Family<"pieces", PieceView, PieceChoice, never, undefined> = {
  key: "pieces",
  decides: "which piece a peer asks for, in exact swarms",
  members: [rarestFirst, sequential, randomPiece],
  whenAbsent: { host: "the clients' own rule" },
  view: record(PIECE_VIEW),
  whatIsWrong({ open, openCount, theirs }, { piece, reason }) {
    if (piece === NO_PIECE) return wrongReason(reason);
    for (let i = 0; i < openCount; i++) {
      if (open[i] === piece && theirs[open[i]] !== 0) return wrongReason(reason);
    }
    return wrongField("piece", "an open piece that the other peer has, or NO_PIECE", piece);
  },
};

export const choking: Family<"choking", ChokingView, Choking, never, undefined> = {
  key: "choking",
  decides: "whom a peer sends to, in exact swarms",
  members: [titForTat, noChoking],
  whenAbsent: { host: "the clients' own rule" },
  view: record(CHOKING_VIEW),
  whatIsWrong({ peers }, { unchoke, reason }) {
    if (!Array.isArray(unchoke)) return wrongField("unchoke", "a list of connections", unchoke);
    const known = new Set<unknown>(peers.map(({ connection }) => connection));
    // Each is taken out as it is named, so that a second time it is unknown.
    const wrong = unchoke.findIndex((connection) => !known.delete(connection));
    if (wrong < 0) return wrongReason(reason);
    return wrongField("unchoke", "connections of the view, each once", unchoke[wrong]);
  },
};
