import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { FlowId, Network } from "../network/network.ts";
import {
  type Bound,
  type Candidate,
  SERVER,
  type Trust,
  type TrustEvent,
  type TrustView,
} from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Observer } from "./events.ts";
import type { Topology } from "./topology.ts";
import type { Tracker } from "./tracker.ts";
import type { Volunteers } from "./volunteers.ts";

/** One policy for each volunteer, which remembers what became known of it; null to trust everybody. */
export type BindTrust = (() => Bound<TrustView, Trust, TrustEvent>) | null;

/**
 * Who may serve, by the trust policy, and the audits that it asks for.
 *
 * An audit fetches the file from the volunteer as a customer would and compares its digest. A
 * volunteer that may not serve is audited when the policy says so at a request; one that may, only
 * when the request goes to it. It has one audit at a time.
 */
export class Reputation {
  readonly #world: TrustWorld;
  readonly #policies: readonly Bound<TrustView, Trust, TrustEvent>[];
  readonly #serving: Candidate[] = [];
  /** Whether the policy asks for an audit of a volunteer that may serve, at the request under way. */
  readonly #isDue: Uint8Array;
  /** The file that is fetched from each volunteer for an audit, or `NONE`. */
  readonly #audited: Int32Array;
  readonly #flows: FlowId[] = [];
  readonly #purpose: number;

  constructor(bindTrust: BindTrust, world: TrustWorld) {
    const { count } = world.volunteers;
    this.#world = world;
    this.#policies = bindTrust === null ? [] : Array.from({ length: count }, bindTrust);
    this.#isDue = new Uint8Array(count);
    this.#audited = new Int32Array(count).fill(NONE);
    this.#purpose = world.network.purpose((volunteer) => this.#fetched(volunteer), "volunteer");
  }

  /** Those that may serve the file; the array is this object's own and changes with the next call. */
  among(candidates: readonly Candidate[], file: number): readonly Candidate[] {
    if (this.#policies.length === 0) return candidates;
    const serving = this.#serving;
    const now = this.#world.engine.now;
    let count = 0;
    for (const candidate of candidates) {
      const { node, belief } = candidate;
      const { serve, audit } = this.#policies[node].decide({ now, belief }, this.#world.random);
      this.#isDue[node] = serve && audit ? 1 : 0;
      if (serve) serving[count++] = candidate;
      else if (audit) this.#audit(node, file);
    }
    serving.length = count;
    return serving;
  }

  /** The request for the file goes to the volunteer, or to the server. */
  chosen(node: number, file: number): void {
    if (node !== SERVER && this.#isDue[node] === 1) this.#audit(node, file);
  }

  /** A customer came back to complain, or asked for something else and did not. */
  reported(volunteer: number, passed: boolean): void {
    this.#tell(volunteer, "report", passed);
  }

  #tell(volunteer: number, kind: TrustEvent["kind"], passed: boolean): void {
    const at = this.#world.engine.now;
    this.#world.tracker.showed(volunteer, passed, at);
    if (this.#policies.length > 0) this.#policies[volunteer].observe({ kind, passed, at });
  }

  #audit(volunteer: number, file: number): void {
    if (this.#audited[volunteer] !== NONE) return;
    const { volunteers, topology, catalogue, network, observer } = this.#world;
    if (!volunteers.isOnline(volunteer) || !volunteers.serves(volunteer, file)) {
      observer.audited(volunteer, 0, false);
      this.#tell(volunteer, "audit", false);
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
    const { volunteers, catalogue, tracker, observer } = this.#world;
    const file = this.#audited[volunteer];
    this.#audited[volunteer] = NONE;
    const passed = volunteers.treat(volunteer, file, "auditor") === "honest";
    observer.audited(volunteer, catalogue.size[file], passed);
    tracker.compared(volunteer, file, passed);
    this.#tell(volunteer, "audit", passed);
  }

  /** The volunteer has left: its audit fails, since it gave no answer. */
  breakOff(volunteer: number): void {
    const file = this.#audited[volunteer];
    if (file === NONE) return;
    this.#audited[volunteer] = NONE;
    const left = this.#world.network.abort(this.#flows[volunteer]);
    this.#world.observer.audited(volunteer, this.#world.catalogue.size[file] - left, false);
    this.#tell(volunteer, "audit", false);
  }
}

const NONE = -1;

export interface TrustWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly tracker: Tracker;
  readonly catalogue: Catalogue;
  readonly random: Stream;
  readonly observer: Observer;
}
