import { SWARM } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { Meters } from "../meters.ts";
import type { SynchronisationSpec, SyncMethod } from "../system.ts";
import type { Volunteers } from "../volunteers.ts";
import { AtHandFinder, type Uses } from "./at-hand.ts";
import type { Method } from "./plan.ts";
import { Rsync } from "./rsync.ts";
import { swarmExact } from "./swarm-exact.ts";
import { type Others, Swarming } from "./swarming.ts";
import { whole, wholeFromNode } from "./whole.ts";

/**
 * The way to fetch files from where a synchronisation policy says: by the method that the system
 * names from the server; in a swarm, which is the system's method if that is one; or whole from
 * another volunteer.
 */
export function methodsOf(
  spec: SynchronisationSpec,
  catalogue: Catalogue,
  volunteers: Volunteers,
  meters: Meters,
  others: Others,
): (from: number) => Method {
  const named = methodNamed(spec.method);
  let swarm: Method | null = spec.method.startsWith("swarm") ? named : null;
  return (from) => {
    if (from >= 0) return wholeFromNode(from);
    if (from !== SWARM) return named;
    swarm ??= methodNamed("swarm");
    return swarm;
  };

  function methodNamed(method: SyncMethod): Method {
    const finder = (uses: Uses) => new AtHandFinder(catalogue, volunteers, uses);
    const swarming = (uses: Uses) =>
      new Swarming(finder(uses), volunteers, others, meters, spec.rtt);
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
        return swarmExact(spec.rtt, volunteers.initial - 1);
    }
  }
}
