import { grown } from "../engine/grown.ts";
import type { FlowId } from "./flow-spec.ts";

// A flow's record.
const DOUBLES = 4;
const BYTES = 0;
const OWNER = 1;
const PURPOSE = 2;

const FIRST_SIZE = 64;

/** The numbers of the flows under way, and what does not change about each. */
export class FlowFacts {
  #facts = new Float64Array(FIRST_SIZE * DOUBLES);
  readonly #free: FlowId[] = [];
  #count = 0;

  take(bytes: number, owner: number, purpose: number): FlowId {
    const flow = this.#free.pop() ?? this.#count++;
    const at = flow * DOUBLES;
    if (at >= this.#facts.length) {
      this.#facts = grown(this.#facts, new Float64Array(2 * this.#facts.length));
    }
    this.#facts[at + BYTES] = bytes;
    this.#facts[at + OWNER] = owner;
    this.#facts[at + PURPOSE] = purpose;
    return flow;
  }

  /** The number may be used again; the facts stay until then. */
  release(flow: FlowId): void {
    this.#free.push(flow);
  }

  /** Numbers given so far: those of all flows are below. */
  get count(): number {
    return this.#count;
  }

  /** Bytes to move at the start. */
  bytes(flow: FlowId): number {
    return this.#facts[flow * DOUBLES + BYTES];
  }

  owner(flow: FlowId): number {
    return this.#facts[flow * DOUBLES + OWNER];
  }

  purpose(flow: FlowId): number {
    return this.#facts[flow * DOUBLES + PURPOSE];
  }
}
