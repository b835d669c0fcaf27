import { SERVER_NODE } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { Download } from "./watcher.ts";

/** What a node was really at, at one moment. */
export interface Truth {
  readonly node: number;
  readonly isOnline: boolean;
  /** Whether it holds the file asked for. */
  readonly holds: boolean;
  /** Whether it fetches what it does not hold and is asked for. */
  readonly caches: boolean;
  /** Downloads from it under way, and the bytes that they have still to move. */
  readonly downloads: number;
  readonly toSend: number;
  /** Bytes per second that leave it and can leave it. */
  readonly sending: number;
  readonly uplink: number;
  /** Transfers to it and their bytes per second: what it synchronises. */
  readonly fetching: number;
  readonly fetchRate: number;
}

/** The truth about the server and every volunteer, in this order, at the moment of the call. */
export function truths(
  { network, http, topology, volunteers }: World,
  downloads: ReadonlyMap<number, Download>,
  file: number,
): Truth[] {
  const counts = new Map<number, { downloads: number; toSend: number }>();
  for (const { node, transfer } of downloads.values()) {
    const before = counts.get(node) ?? { downloads: 0, toSend: 0 };
    const toSend = before.toSend + http.stateOf(transfer).left;
    counts.set(node, { downloads: before.downloads + 1, toSend });
  }
  const sent = (node: number, uplink: number) => ({
    node,
    ...(counts.get(node) ?? { downloads: 0, toSend: 0 }),
    sending: network.linkRate(uplink),
    uplink: network.capacity(uplink),
  });
  const server = {
    ...sent(SERVER_NODE, topology.server),
    ...{ isOnline: true, holds: true, caches: false, fetching: 0, fetchRate: 0 },
  };
  const others = topology.volunteers.map(({ uplink, downlink }, node) => ({
    ...sent(node, uplink),
    isOnline: volunteers.isOnline(node),
    holds: volunteers.holds.has(node, file),
    caches: volunteers.classes[node].caches,
    fetching: network.flowsOn(downlink),
    fetchRate: network.linkRate(downlink),
  }));
  return [server, ...others];
}
