import type { FlowRegister } from "./flow-register.ts";
import type { FlowId, LinkId, Network } from "./network.ts";

/** What keeps a flow from being faster: a link, the flow's own cap, or nothing that can be told. */
export type Bottleneck =
  | { readonly kind: "link"; readonly link: LinkId }
  | { readonly kind: "cap" }
  | { readonly kind: "none" };

/** A link or a cap is used up where all but this share of it is. */
const FULL = 1e-6;

/** A network, and the register that it keeps. */
export interface WatchedNetwork {
  readonly network: Network;
  readonly register: FlowRegister;
}

/** What matters of a link to the flows on it, at one moment. */
export interface Crowd {
  /** The highest rate for its weight of any flow, by priority. */
  readonly levels: ReadonlyMap<number, number>;
  /** The last priority that still gets something. */
  readonly served: number;
  /** Flows by their purpose. */
  readonly purposes: ReadonlyMap<number, number>;
}

/**
 * What holds a flow back now.
 *
 * In a max-min fair allocation every flow below its cap has a bottleneck: a link on its way that is
 * full and on which no other flow has more for its weight (Bertsekas and Gallager, Data Networks,
 * 2nd ed., section 6.5.2). Of full links the one is taken on which the flow comes closest to that; of
 * equals the first on the way. A link that still serves flows of a lower priority is none.
 *
 * `crowdAt` may remember the crowds of a moment, where many flows are asked about.
 */
export function bottleneckOf(
  watched: WatchedNetwork,
  flow: FlowId,
  crowdAt: (link: LinkId) => Crowd = (link) => crowdOf(watched, link),
): Bottleneck {
  const { network, register } = watched;
  const { path, cap, priority = 0 } = register.spec(flow);
  if (network.rate(flow) >= cap * (1 - FULL)) return { kind: "cap" };
  const level = levelOf(watched, flow);
  let best: LinkId | null = null;
  let most = 0;
  for (const link of path) {
    if (!isFull(network, link)) continue;
    const { levels, served } = crowdAt(link);
    const highest = levels.get(priority) ?? 0;
    const closeness = served > priority ? 0 : highest === 0 ? 1 : level / highest;
    if (closeness <= most * (1 + FULL)) continue;
    best = link;
    most = closeness;
  }
  return best === null ? { kind: "none" } : { kind: "link", link: best };
}

export function crowdOf(watched: WatchedNetwork, link: LinkId): Crowd {
  const levels = new Map<number, number>();
  const purposes = new Map<number, number>();
  let served = 0;
  for (const flow of watched.register.crossing(link)) {
    const { priority = 0, purpose } = watched.register.spec(flow);
    const level = levelOf(watched, flow);
    levels.set(priority, Math.max(levels.get(priority) ?? 0, level));
    purposes.set(purpose, (purposes.get(purpose) ?? 0) + 1);
    if (level > 0) served = Math.max(served, priority);
  }
  return { levels, served, purposes };
}

function isFull(network: Network, link: LinkId): boolean {
  const used = network.linkRate(link) + network.ackRate(link) + network.background(link);
  return used >= network.capacity(link) * (1 - FULL);
}

/** Where shares depend on round trips, the standing queues on the way count as part of them. */
function levelOf({ network, register }: WatchedNetwork, flow: FlowId): number {
  const { path, weight, roundTrip = 0 } = register.spec(flow);
  const seconds = roundTrip === 0 ? 1 : roundTrip + network.queueing(path);
  return (network.rate(flow) / weight) * seconds;
}
