import type { LinkId, Network } from "../../network/network.ts";
import type { Message, Side } from "./connection.ts";
import { bitfield, CANCEL, HAVE, REJECT, REQUEST, STATE } from "./messages.ts";

/** A link with less than this share of its capacity left has a standing queue in front of it. */
const FULL = 1e-6;

/** Bytes of a small message; a block's are those of its flow. */
export function lengthOf(message: Message): number {
  switch (message.kind) {
    case "bitfield":
      return bitfield(message.pieces.length);
    case "have":
      return HAVE;
    case "request":
      return REQUEST;
    case "cancel":
      return CANCEL;
    case "reject":
      return REJECT;
    case "block":
      return 0;
    default:
      return STATE;
  }
}

/**
 * When a message that leaves now arrives: after the way and the queues of full links, and not
 * before the one that left ahead of it.
 */
export function arrives(side: Side, now: number, network: Network, queue: number): number {
  const { me, other, path } = side;
  const way = me.spec.delay + other.spec.delay;
  const waits = path.reduce((sum, link) => sum + queueSeconds(network, link, queue), 0);
  return Math.max(side.arrival, now + way + waits);
}

function queueSeconds(network: Network, link: LinkId, queue: number): number {
  const capacity = network.capacity(link);
  return network.linkRate(link) >= capacity * (1 - FULL) ? queue / capacity : 0;
}
