import type { Engine } from "../engine/engine.ts";
import type { FlowId, Network } from "../network/network.ts";
import { SERVER } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";
import type { Observer } from "./events.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

export interface AuditsWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly catalogue: Catalogue;
  readonly coordination: Coordination;
  readonly observer: Observer;
}

/**
 * Carries out audits: fetches the file from the volunteer as a customer would and compares its digest.
 * The coordinator asks for one at a time of each volunteer.
 */
export class Audits {
  readonly #world: AuditsWorld;
  /** The file that is fetched from each volunteer, or `NONE`. */
  readonly #audited: Int32Array;
  readonly #flows: FlowId[] = [];
  readonly #purpose: number;

  constructor(world: AuditsWorld) {
    this.#world = world;
    this.#audited = new Int32Array(world.volunteers.count).fill(NONE);
    this.#purpose = world.network.purpose((volunteer) => this.#fetched(volunteer), "volunteer");
    world.coordination.when("audit", (volunteer, file) => this.#begin(volunteer, file));
    world.volunteers.whenLeaving((volunteer) => this.#breakOff(volunteer));
  }

  #begin(volunteer: number, file: number): void {
    const { volunteers, topology, catalogue, network } = this.#world;
    if (!volunteers.isOnline(volunteer) || !volunteers.serves(volunteer, file)) {
      this.#end(volunteer, file, 0, "unanswered");
      return;
    }
    this.#audited[volunteer] = file;
    this.#flows[volunteer] = network.start({
      path: topology.synchronisation(volunteer, SERVER).data,
      bytes: catalogue.size[file],
      weight: 1,
      cap: volunteers.classes[volunteer].transferRate,
      purpose: this.#purpose,
      owner: volunteer,
    });
  }

  #fetched(volunteer: number): void {
    const { volunteers, catalogue } = this.#world;
    const file = this.#audited[volunteer];
    this.#audited[volunteer] = NONE;
    const passed = volunteers.treat(volunteer, file, "auditor") === "honest";
    this.#end(volunteer, file, catalogue.size[file], passed ? "passed" : "failed");
  }

  /** The volunteer has left: its audit fails, since it gave no answer. */
  #breakOff(volunteer: number): void {
    const file = this.#audited[volunteer];
    if (file === NONE) return;
    this.#audited[volunteer] = NONE;
    const left = this.#world.network.abort(this.#flows[volunteer]);
    this.#end(volunteer, file, this.#world.catalogue.size[file] - left, "unanswered");
  }

  #end(
    volunteer: number,
    file: number,
    bytes: number,
    result: "passed" | "failed" | "unanswered",
  ): void {
    const { observer, coordination } = this.#world;
    observer.audited(volunteer, bytes, result === "passed");
    coordination.tell((coordinator, now) => coordinator.audited(volunteer, file, result, now));
  }
}

const NONE = -1;
