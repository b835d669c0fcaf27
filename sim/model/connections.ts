import { Connection } from "../network/http/http.ts";

/** Seconds after which a server closes a connection that nobody uses (nginx, keepalive_timeout). */
const KEPT = 75;

/**
 * The connections of customers' tools: one for each download or, where tools keep them alive, again
 * the last one that a customer had, if that leads to the same machine and is free.
 */
export class Connections {
  readonly #keepAlive: boolean;
  readonly #last = new Map<number, { readonly node: number; readonly connection: Connection }>();

  constructor(keepAlive: boolean) {
    this.#keepAlive = keepAlive;
  }

  /** The connection for a customer's next request to a node. */
  of(customer: number, node: number, now: number): Connection {
    if (!this.#keepAlive) return new Connection();
    const last = this.#last.get(customer);
    if (last?.node === node && last.connection.isFree(now, KEPT)) return last.connection;
    const connection = new Connection();
    this.#last.set(customer, { node, connection });
    return connection;
  }
}
