import type { FlowId, Network } from "../network/network.ts";
import { SERVER } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";
import type { Observer } from "./events.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/**
 * Carries out audits: fetches the file from the volunteer as a customer would and compares its digest.
 * The coordinator asks for one at a time of each volunteer.
 */
export class Audits {
  readonly #coordination: Coordination;
  readonly #network: Network;
  readonly #topology: Topology;
  readonly #volunteers: Volunteers;
  readonly #catalogue: Catalogue;
  readonly #observer: Observer;
  /** The file that is fetched from each volunteer, or `NONE`. */
  readonly #audited: Int32Array;
  readonly #flows: FlowId[] = [];
  readonly #purpose: number;

  constructor(
    coordination: Coordination,
    network: Network,
    topology: Topology,
    volunteers: Volunteers,
    catalogue: Catalogue,
    observer: Observer,
  ) {
    this.#coordination = coordination;
    this.#network = network;
    this.#topology = topology;
    this.#volunteers = volunteers;
    this.#catalogue = catalogue;
    this.#observer = observer;
    this.#audited = new Int32Array(volunteers.count).fill(NONE);
    this.#purpose = network.purpose((volunteer) => this.#fetched(volunteer), "volunteer");
    coordination.when("audit", (volunteer, file) => this.#begin(volunteer, file));
    volunteers.whenLeaving((volunteer) => this.#breakOff(volunteer));
  }

  #begin(volunteer: number, file: number): void {
    if (!this.#volunteers.isOnline(volunteer) || !this.#volunteers.serves(volunteer, file)) {
      this.#end(volunteer, file, 0, "unanswered");
      return;
    }
    this.#audited[volunteer] = file;
    this.#flows[volunteer] = this.#network.start({
      path: this.#topology.synchronisation(volunteer, SERVER).data,
      bytes: this.#catalogue.size[file],
      weight: 1,
      cap: this.#volunteers.classes[volunteer].transferRate,
      purpose: this.#purpose,
      owner: volunteer,
    });
  }

  #fetched(volunteer: number): void {
    const file = this.#audited[volunteer];
    this.#audited[volunteer] = NONE;
    const passed = this.#volunteers.treat(volunteer, file, "auditor") === "honest";
    this.#end(volunteer, file, this.#catalogue.size[file], passed ? "passed" : "failed");
  }

  /** The volunteer has left: its audit fails, since it gave no answer. */
  #breakOff(volunteer: number): void {
    const file = this.#audited[volunteer];
    if (file === NONE) return;
    this.#audited[volunteer] = NONE;
    const left = this.#network.abort(this.#flows[volunteer]);
    this.#end(volunteer, file, this.#catalogue.size[file] - left, "unanswered");
  }

  #end(
    volunteer: number,
    file: number,
    bytes: number,
    result: "passed" | "failed" | "unanswered",
  ): void {
    this.#observer.audited?.(volunteer, bytes, result === "passed");
    this.#coordination.tell((coordinator, now) =>
      coordinator.audited(volunteer, file, result, now),
    );
  }
}

const NONE = -1;
