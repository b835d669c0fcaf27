import type { Network } from "../../network/network.ts";
import { SWARM } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { SynchronisationSpec, SyncMethod } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Volunteers } from "../volunteers.ts";
import { AtHandFinder, type Uses } from "./at-hand.ts";
import type { Method } from "./plan.ts";
import { Rsync } from "./rsync.ts";
import type { SyncStreams } from "./streams.ts";
import { swarmExact } from "./swarm-exact.ts";
import { type Others, Swarming } from "./swarming.ts";
import { whole, wholeFromNode } from "./whole.ts";

export interface MethodsWorld {
  readonly network: Network;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly catalogue: Catalogue;
  readonly spec: SynchronisationSpec;
  readonly streams: SyncStreams;
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
  const { network, topology, volunteers, catalogue, spec, streams } = world;
  const finder = (uses: Uses) => new AtHandFinder(catalogue, volunteers, uses);
  const swarming = (uses: Uses) =>
    new Swarming({
      finder: finder(uses),
      volunteers,
      others,
      capacities: {
        server: network.capacity(topology.server),
        uplink: (volunteer) => network.capacity(topology.volunteers[volunteer].uplink),
        downlink: (volunteer) => network.capacity(topology.volunteers[volunteer].downlink),
      },
      sending: (volunteer) => streams.leaving(volunteer),
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
