import { count } from "../policy.ts";
import { log2 } from "../portable-math.ts";
import { type ChunkSizePolicy, type ChunkSizeView, cut } from "./chunk-size.ts";

const params = {
  depth: count(10, 1, 1000, "requests that a receiver keeps under way"),
  largest: count(16_777_216, 1, 1_073_741_824, "bytes in a chunk, at most"),
};

/**
 * Chooses the chunk L that costs least, counting in bytes what a file of n bytes takes besides
 * itself. `chunkCost` is the sum of
 *
 * - 24·n/L for the signature and the tokens, and `changes`·L for the chunks that changes spoil
 *   (Tridgell's thesis; its optimum is √(24·n/changes));
 * - 9·n/L for telling each neighbour of each chunk (BEP 3, `have`);
 * - 30·n/min(L, 16 KiB) for asking in a swarm, and rate·rtt/depth for each request, since no more
 *   than `depth` requests are answered in a round trip (BEP 3, `request` and `piece`);
 * - log2(1 + peers)·L for waiting: a chunk is passed on when it is complete, down a tree of that
 *   depth (Mundinger, Weber and Weiss, Optimal scheduling of peer-to-peer file dissemination, 2008).
 *
 * Requests cost the same from 16 KiB on, so there is one optimum below and one above.
 */
export const leastCost: ChunkSizePolicy<typeof params> = {
  name: "least-cost",
  summary: "least bytes for signature, changes, swarm and round trips",
  source: "Tridgell, thesis, 3.2; Marciniak et al., IPTPS 2008; BEP 3",
  params,
  decide(view, { depth, largest }) {
    const { size } = view;
    const { perChunk, perBlock, perByte } = rates(view, depth);
    const most = Math.min(size, largest);
    const root = (each: number) => Math.max(1, Math.round(Math.sqrt((size * each) / perByte)));
    const below = Math.min(root(perChunk + perBlock), BLOCK, most);
    const above = Math.min(Math.max(root(perChunk), BLOCK), most);
    const isBelow = chunkCost(view, below, depth) <= chunkCost(view, above, depth);
    return cut(size, isBelow ? below : above, isBelow ? "short chunks" : "long chunks");
  },
};

/** Bytes that a request asks for at most (BEP 3). */
const BLOCK = 16_384;

/** Neighbours that are told of a chunk, at most. */
const NEIGHBOURS = 20;

/** What chunks of this many bytes cost, in bytes. */
export function chunkCost(view: ChunkSizeView, chunk: number, depth: number): number {
  const { perChunk, perBlock, perByte } = rates(view, depth);
  return (
    (perChunk * view.size) / chunk +
    (perBlock * view.size) / Math.min(chunk, BLOCK) +
    perByte * chunk
  );
}

function rates({ changes = 24, peers = 0, rtt = 0, rate = 0 }: ChunkSizeView, depth: number) {
  return {
    perChunk: 24 + 9 * Math.min(peers, NEIGHBOURS),
    perBlock: (peers > 0 ? 30 : 0) + (rate * rtt) / depth,
    perByte: changes + log2(1 + peers),
  };
}
