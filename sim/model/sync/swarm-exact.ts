import { OPENING_ROUND_TRIPS } from "../rsync/session.ts";
import { PIECE_DIGEST } from "../swarm/messages.ts";
import { fromServer, type Method } from "./plan.ts";

/**
 * A swarm to the block and the message, of up to `peers` others: the digests come from the server,
 * then `ExactSwarms` brings the file.
 */
export function swarmExact(rtt: number, peers: number): Method {
  return {
    opening: OPENING_ROUND_TRIPS * rtt,
    chunkView: (_volunteer, _file, size) => ({ size, changes: 0, peers, rtt }),
    plan: ({ volunteer, missing, chunk }) => ({
      stages: [[fromServer(volunteer, Math.ceil(missing / chunk) * PIECE_DIGEST)]],
      chunk,
      kept: () => 0, // Complete pieces stay with the peer of the swarm.
      behind: null,
      joinsSwarm: true,
    }),
    isSame: (a, b) => a === b,
  };
}
