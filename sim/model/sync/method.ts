import type { LinkId, Network } from "../../network/network.ts";
import { SWARM } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { SynchronisationSpec, SyncMethod } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Volunteers } from "../volunteers.ts";
import { AtHandFinder, type Uses } from "./at-hand.ts";
import type { Method } from "./plan.ts";
import { Rsync } from "./rsync.ts";
import { swarmExact } from "./swarm-exact.ts";
import { type Others, Swarming } from "./swarming.ts";
import { whole, wholeFromNode } from "./whole.ts";

export interface MethodsWorld {
  readonly network: Network;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly catalogue: Catalogue;
  readonly spec: SynchronisationSpec;
}

/**
 * The way to fetch files from where a synchronisation policy says: by the method that the system
 * names from the server; in a swarm, which is the system's method if that is one; or whole from
 * another volunteer.
 */
export function methodsOf(world: MethodsWorld, others: Others): (from: number) => Method {
  const { method } = world.spec;
  const named = methodNamed(method, world, others);
  const isSwarm = method.startsWith("swarm");
  let swarm: Method | null = isSwarm ? named : null;
  return (from) => {
    if (from >= 0) return wholeFromNode(from);
    if (from !== SWARM) return named;
    swarm ??= methodNamed("swarm", world, others);
    return swarm;
  };
}

function methodNamed(method: SyncMethod, world: MethodsWorld, others: Others): Method {
  const { network, topology, volunteers, catalogue, spec } = world;
  const finder = (uses: Uses) => new AtHandFinder(catalogue, volunteers, uses);
  const swarming = (uses: Uses) =>
    new Swarming({
      finder: finder(uses),
      volunteers,
      others,
      capacities: {
        server: network.capacity(topology.server),
        uplink: (volunteer) => network.capacity(topology.volunteers[volunteer].uplink),
        spare: (volunteer) => spareOf(network, topology.volunteers[volunteer].uplink),
        serverSpare: () => spareOf(network, topology.server),
        downlink: (volunteer) => network.capacity(topology.volunteers[volunteer].downlink),
      },
      rtt: spec.rtt,
    });
  switch (method) {
    case "whole":
      return whole;
    case "rsync":
      return new Rsync(catalogue, finder({ identical: false, similar: true }), spec);
    case "swarm":
      return swarming({ identical: false, similar: false });
    case "swarm-identical":
      return swarming({ identical: true, similar: false });
    case "swarm-similar":
      return swarming({ identical: true, similar: true });
    case "swarm-exact":
      return swarmExact(spec.rtt, volunteers.count - 1);
  }
}

/** Bytes per second that one more flow would get of a link, all being alike. */
function spareOf(network: Network, link: LinkId): number {
  return network.capacity(link) / (1 + network.flowsOn(link));
}
