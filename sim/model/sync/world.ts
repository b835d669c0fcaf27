import type { Engine } from "../../engine/engine.ts";
import type { Stream } from "../../engine/random.ts";
import type { Network } from "../../network/network.ts";
import type { Bound, ChunkSize, ChunkSizeView } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { Coordination } from "../coordination.ts";
import type { Disks } from "../disks.ts";
import type { Observer } from "../events.ts";
import type { RepositoryServer } from "../server.ts";
import type { SwarmPolicies } from "../swarm/spec.ts";
import type { SynchronisationSpec, TransportSpec } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Volunteers } from "../volunteers.ts";
import type { SyncStreams } from "./streams.ts";

/** What synchronisation needs of the simulation around it. */
export interface SynchronisationWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly topology: Topology;
  readonly server: RepositoryServer;
  readonly volunteers: Volunteers;
  readonly disks: Disks;
  readonly catalogue: Catalogue;
  readonly spec: SynchronisationSpec;
  readonly transport: TransportSpec;
  readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
  readonly coordination: Coordination;
  /** Whether volunteers keep the system's timetable and do not ask the server. */
  readonly isTimetable: boolean;
  readonly swarm: SwarmPolicies;
  readonly random: Stream;
  readonly streams: (name: string) => Stream;
  readonly syncStreams: SyncStreams;
  readonly observer: Observer;
}
