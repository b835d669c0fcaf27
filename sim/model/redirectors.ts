import type { Chance, CoordinatorParts, CoordinatorSettings } from "../coordinator/index.ts";
import type { Stream } from "../engine/random.ts";
import type { Observer } from "./events.ts";
import type { Run, RunPolicies } from "./simulation.ts";
import type { SystemSpec } from "./system.ts";
import type { TrueLoads } from "./true-loads.ts";

/** What of the system the coordinator is told when it is made. */
export function coordinatorSettings({
  server,
  tracker,
  placement,
}: SystemSpec): CoordinatorSettings {
  return {
    uplink: server.uplink,
    timeout: tracker.timeout,
    // The truth is no rule; it takes the place of one.
    inFlight: tracker.inFlight === "truth" ? "none" : tracker.inFlight,
    probeEvery: tracker.probe,
    placeEvery: placement.every,
    ...(server.redirectors === 1 ? {} : { redirectors: server.redirectors }),
  };
}

/**
 * The parts of each redirector's coordinator, the first of which decides who is to hold what: the others
 * know it from announces alone. `truth`: what is known in place of any rule, if there is an oracle.
 */
export function redirectorParts(
  { system, workload, policies, streams, onEvent }: Run,
  truth: TrueLoads | null,
  observer: Observer,
): { readonly first: CoordinatorParts; readonly others: readonly CoordinatorParts[] } {
  const settings = coordinatorSettings(system);
  const parts = () => ({
    settings,
    policies: { ...policies, dispatch: watched(policies.dispatch(), observer) },
    chance: chanceOf(streams),
    pathOf: (file: number) => workload.catalogue.path(file),
    inFlight: truth ?? undefined,
  });
  const other = (number: number): CoordinatorParts => {
    const own = parts();
    return {
      ...own,
      policies: { ...own.policies, replication: PLACES_NOTHING },
      chance: chanceOf((name) => streams(`redirector ${number} ${name}`)),
    };
  };
  const others = Array.from({ length: system.server.redirectors - 1 }, (_, at) => other(at + 1));
  return { first: { ...parts(), onEvent }, others };
}

const PLACES_NOTHING: RunPolicies["replication"] = {
  ...{ name: "nothing", remembers: false, memory: undefined },
  decide: () => ({ copyTo: [], reason: "the first redirector places" }),
  observe() {},
  recall() {},
};

function chanceOf(streams: (name: string) => Stream): Chance {
  return { stream: streams, fresh: streams, save: () => null, load() {} };
}

type BoundDispatch = ReturnType<RunPolicies["dispatch"]>;

/** The policy, which tells the observer what it sees, if that wants to know. */
export function watched(dispatch: BoundDispatch, observer: Observer): BoundDispatch {
  if (observer.considered === undefined) return dispatch;
  return {
    ...dispatch,
    get memory() {
      return dispatch.memory;
    },
    decide(view, random) {
      observer.considered?.(view);
      return dispatch.decide(view, random);
    },
  };
}
