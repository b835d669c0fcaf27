import { NO_TICKET } from "../engine/event-queue.ts";
import { SERVER_NODE } from "./events.ts";

/** In place of the number of a transfer. */
export const NO_TRANSFER = -1;

/**
 * What is under way for each request that has begun and not ended, in columns by place. Places are
 * used again: a trace has millions of requests, and few of them are open at once.
 */
export class OpenRequests {
  /** When the customer asked, in seconds. */
  asked = new Float64Array(64);
  /** Who is to deliver. */
  node = new Int32Array(64);
  attempts = new Uint8Array(64);
  treatment = new Uint8Array(64);
  transfer = new Int32Array(64);
  /** 1 while its source is sending it. */
  isSent = new Uint8Array(64);
  /** Tickets of its next attempt and of the end of its patience. */
  next = new Float64Array(64);
  patience = new Float64Array(64);

  /** By request. */
  readonly #places: Int32Array;
  readonly #free: number[] = [];
  #used = 0;

  constructor(requests: number) {
    this.#places = new Int32Array(requests);
  }

  /** The place of a request that is open. */
  at(request: number): number {
    return this.#places[request];
  }

  /** A request begins; returns its place. */
  begin(request: number): number {
    const place = this.#free.pop() ?? this.#used++;
    if (place === this.asked.length) this.#grow();
    this.#places[request] = place;
    this.node[place] = SERVER_NODE;
    this.attempts[place] = 0;
    this.treatment[place] = 0;
    this.transfer[place] = NO_TRANSFER;
    this.isSent[place] = 0;
    this.next[place] = NO_TICKET;
    this.patience[place] = NO_TICKET;
    return place;
  }

  end(request: number): void {
    this.#free.push(this.#places[request]);
  }

  #grow(): void {
    const size = 2 * this.asked.length;
    this.asked = copied(this.asked, new Float64Array(size));
    this.node = copied(this.node, new Int32Array(size));
    this.attempts = copied(this.attempts, new Uint8Array(size));
    this.treatment = copied(this.treatment, new Uint8Array(size));
    this.transfer = copied(this.transfer, new Int32Array(size));
    this.isSent = copied(this.isSent, new Uint8Array(size));
    this.next = copied(this.next, new Float64Array(size));
    this.patience = copied(this.patience, new Float64Array(size));
  }
}

function copied<Column extends { set(from: ArrayLike<number>): void }>(
  from: ArrayLike<number>,
  to: Column,
): Column {
  to.set(from);
  return to;
}
