import type { AttemptEnd, Observer, RequestEnd } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";
import { checkAccount, checkCapacity } from "./invariants.ts";

/** Bytes and requests from the start of the run, whatever is measured: they have to add up. */
export class Account implements Observer {
  readonly #world: World;
  readonly #workload: Workload;
  #received = 0;
  #lost = 0;
  #pulled = 0;
  #exchanged = 0;
  #returned = 0;
  #audited = 0;
  #ended = 0;
  #wrongAccepted = 0;

  constructor(world: World, workload: Workload) {
    this.#world = world;
    this.#workload = workload;
  }

  /** Requests that have ended. */
  get requestsEnded(): number {
    return this.#ended;
  }

  attempted(_request: number, _node: number, end: AttemptEnd, sent: number): void {
    if (end === "delivered") this.#received += sent;
    else this.#lost += sent;
  }

  ended(_request: number, _asked: number, end: RequestEnd): void {
    this.#ended++;
    if (end === "deceived") this.#wrongAccepted++;
  }

  pulled(_volunteer: number, bytes: number): void {
    this.#pulled += bytes;
  }

  exchanged(_volunteer: number, _from: number, bytes: number): void {
    this.#exchanged += bytes;
  }

  returned(_volunteer: number, bytes: number): void {
    this.#returned += bytes;
  }

  audited(_volunteer: number, bytes: number): void {
    this.#audited += bytes;
  }

  sampled(): void {
    checkCapacity(this.#world);
  }

  /** Throws if an invariant does not hold. For use when the run has ended. */
  check(): void {
    checkAccount(this.#world, this.#workload, {
      received: this.#received,
      lost: this.#lost,
      pulled: this.#pulled,
      exchanged: this.#exchanged,
      returned: this.#returned,
      audited: this.#audited,
      headers: this.#world.http.headerBytes,
      requestsEnded: this.#ended,
      wrongAccepted: this.#wrongAccepted,
    });
  }
}
