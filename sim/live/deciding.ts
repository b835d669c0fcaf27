import {
  type ChosenPolicies,
  type CoordinatorSettings,
  withAllParams,
} from "../coordinator/index.ts";
import type { PolicyChoice } from "../experiment/config/experiment.ts";
import { type BoundOf, bind, type Families, policies, policyNamed } from "../policies/index.ts";
import type { ServerConfig } from "./config/server-config.ts";
import type { ChunkSizes } from "./pieces/piece-length.ts";

/** By what the coordinator decides, as the head of a journal has it. */
export interface Decides {
  readonly settings: CoordinatorSettings;
  readonly policies: ChosenPolicies;
}

/** What the operator has chosen, with all params. */
export function decidesBy(config: ServerConfig): Decides {
  const { server, tracker, placement, rescue, own } = config;
  const { dispatch, replication, trust, sync } = config.policies;
  return {
    settings: {
      uplink: server.uplink,
      timeout: tracker.timeout,
      inFlight: tracker.inFlight,
      probeEvery: tracker.probe,
      placeEvery: placement.every,
      again: rescue.again,
      probeBack: Number.isFinite(tracker.probe),
    },
    policies: withAllParams(
      {
        dispatch: plain(dispatch),
        replication: plain(replication),
        trust: trust === null ? null : plain(trust),
        sync: sync === null ? null : plain(sync),
      },
      own,
    ),
  };
}

function plain({ name, params }: PolicyChoice) {
  return { name, params };
}

/** The files of the operator's own policies, by family and name, for who replays the journal. */
export function ownFilesOf({
  policies: chosen,
}: ServerConfig): Record<string, Readonly<Record<string, string>>> {
  const files: Record<string, Readonly<Record<string, string>>> = {};
  for (const family of ["dispatch", "replication", "trust", "sync"] as const) {
    const own = chosen[family]?.own;
    if (own !== undefined) files[family] = own;
  }
  return files;
}

/** How files are cut, by the operator's policy. */
export function boundChunkSizes({ policies: { chunkSize }, own }: ServerConfig): ChunkSizes {
  return bind(policyNamed(policies.chunkSize, chunkSize.name, own.chunkSize), chunkSize.params);
}

/** Whom a peer of a swarm is told of: by the operator's policy, or else of any. */
export function boundHandout({
  policies: { handout },
  own,
}: ServerConfig): BoundOf<Families["handout"]> {
  const { name, params } = handout ?? { name: "random", params: {} };
  return bind(policyNamed(policies.handout, name, own.handout), params);
}
