import type { Network } from "../../network/network.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Volunteers } from "../volunteers.ts";
import { AtHandFinder, type Uses } from "./at-hand.ts";
import type { Method } from "./plan.ts";
import { Rsync } from "./rsync.ts";
import { swarmExact } from "./swarm-exact.ts";
import { type Others, Swarming } from "./swarming.ts";
import { whole } from "./whole.ts";

/** The way to fetch files that the system names. */
export function methodOf(
  spec: SynchronisationSpec,
  world: {
    readonly network: Network;
    readonly topology: Topology;
    readonly volunteers: Volunteers;
    readonly catalogue: Catalogue;
  },
  others: Others,
): Method {
  const { network, topology, volunteers, catalogue } = world;
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
      rtt: spec.rtt,
    });
  switch (spec.method) {
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
      return swarmExact(spec.rtt);
  }
}
