const NO_REQUEST = -1;

/** What each customer is at: downloads under way, and the requests that wait their turn with it. */
export class CustomerQueues {
  readonly #parallel: number;
  readonly #busy: Uint16Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** The request that waits behind each. */
  readonly #following: Int32Array;

  /** `parallel`: downloads that a customer runs at once. */
  constructor(parallel: number, customers: number, requests: number) {
    this.#parallel = parallel;
    this.#busy = new Uint16Array(customers);
    this.#first = new Int32Array(customers).fill(NO_REQUEST);
    this.#last = new Int32Array(customers).fill(NO_REQUEST);
    this.#following = new Int32Array(requests).fill(NO_REQUEST);
  }

  /** A request arrives: true if the customer begins with it at once, and else it waits. */
  begin(customer: number, request: number): boolean {
    if (this.#busy[customer] < this.#parallel) {
      this.#busy[customer]++;
      return true;
    }
    const last = this.#last[customer];
    if (last === NO_REQUEST) this.#first[customer] = request;
    else this.#following[last] = request;
    this.#last[customer] = request;
    return false;
  }

  /** A request has ended: the one that the customer begins with now, or null. */
  end(customer: number): number | null {
    const next = this.#first[customer];
    if (next === NO_REQUEST) {
      this.#busy[customer]--;
      return null;
    }
    this.#first[customer] = this.#following[next];
    if (this.#following[next] === NO_REQUEST) this.#last[customer] = NO_REQUEST;
    return next;
  }
}
