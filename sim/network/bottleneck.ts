import type { FlowId, LinkId, Network } from "./network.ts";

/** What keeps a flow from being faster: a link, the flow's own cap, or nothing that can be told. */
export type Bottleneck =
  | { readonly kind: "link"; readonly link: LinkId }
  | { readonly kind: "cap" }
  | { readonly kind: "none" };

/** A link or a cap is used up where all but this share of it is. */
const FULL = 1e-6;

/**
 * What holds a flow back now.
 *
 * In a max-min fair allocation every flow below its cap has a bottleneck: a link on its way that is
 * full and on which no other flow has more for its weight (Bertsekas and Gallager, Data Networks,
 * 2nd ed., section 6.5.2). Of full links the one is taken on which the flow comes closest to that; of
 * equals the first on the way. A link that still serves flows of a lower priority is none.
 */
export function bottleneckOf(network: Network, flow: FlowId): Bottleneck {
  const { path, cap } = network.facts(flow);
  if (network.rate(flow) >= cap * (1 - FULL)) return { kind: "cap" };
  let best: LinkId | null = null;
  let most = 0;
  for (const link of path) {
    if (!isFull(network, link)) continue;
    const closeness = closenessOf(network, flow, link);
    if (closeness <= most * (1 + FULL)) continue;
    best = link;
    most = closeness;
  }
  return best === null ? { kind: "none" } : { kind: "link", link: best };
}

function isFull(network: Network, link: LinkId): boolean {
  const used = network.linkRate(link) + network.ackRate(link) + network.background(link);
  return used >= network.capacity(link) * (1 - FULL);
}

/** The flow's rate for its weight over the highest of its peers on the link: 1 at its bottleneck. */
function closenessOf(network: Network, flow: FlowId, link: LinkId): number {
  const { priority } = network.facts(flow);
  let highest = 0;
  for (const other of network.crossing(link)) {
    const { priority: rank } = network.facts(other);
    if (rank > priority && network.rate(other) > 0) return 0;
    if (rank === priority) highest = Math.max(highest, levelOf(network, other));
  }
  return highest === 0 ? 1 : levelOf(network, flow) / highest;
}

/** Where shares depend on round trips, the standing queues on the way count as part of them. */
function levelOf(network: Network, flow: FlowId): number {
  const { path, weight, roundTrip } = network.facts(flow);
  const seconds = roundTrip === 0 ? 1 : roundTrip + network.queueing(path);
  return (network.rate(flow) / weight) * seconds;
}
