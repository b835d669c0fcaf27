import type { FlowId } from "../network/network.ts";
import type { Catalogue } from "../workload/workload.ts";
import { SERVER_NODE } from "./events.ts";
import type { RepositoryServer } from "./server.ts";
import type { SyncStreams } from "./sync/streams.ts";
import type { Volunteers } from "./volunteers.ts";

/** A file that a cache is fetching, and the requests that wait for it. */
interface Pull {
  readonly volunteer: number;
  readonly file: number;
  readonly from: number;
  readonly flow: FlowId;
  readonly bytes: number;
  readonly waiting: number[];
}

/** Told how what requests wait for came out. */
export interface PullThroughHost {
  /** The cache has the file and can send it to those that wait. */
  complete(volunteer: number, file: number, waiting: readonly number[]): void;
  /** The file will not come. */
  failed(waiting: readonly number[]): void;
}

/**
 * Caches that fetch what they are asked for and do not hold, once for all that ask meanwhile: from
 * another cache that has it, as in CORAL, or else from the server (Freedman, Freudenthal and Mazières,
 * Democratizing content publication with Coral, NSDI 2004).
 */
export class PullThrough {
  readonly #streams: SyncStreams;
  readonly #server: RepositoryServer;
  readonly #volunteers: Volunteers;
  readonly #catalogue: Catalogue;
  readonly #purpose: number;
  #host: PullThroughHost = { complete() {}, failed() {} };
  readonly #pulls = new Map<number, Pull>();
  #count = 0;

  constructor(
    streams: SyncStreams,
    server: RepositoryServer,
    volunteers: Volunteers,
    catalogue: Catalogue,
  ) {
    this.#streams = streams;
    this.#server = server;
    this.#volunteers = volunteers;
    this.#catalogue = catalogue;
    this.#purpose = streams.purpose((pull) => this.#moved(pull), "pull");
  }

  serve(host: PullThroughHost): void {
    this.#host = host;
  }

  /** The request waits until the cache has the file; false where nobody could give it. */
  want(volunteer: number, file: number, request: number): boolean {
    for (const pull of this.#pulls.values()) {
      if (pull.volunteer !== volunteer || pull.file !== file) continue;
      pull.waiting.push(request);
      return true;
    }
    const from = this.#sourceFor(volunteer, file);
    if (from === null) return false;
    const number = this.#count++;
    const bytes = this.#catalogue.size[file];
    const flow = this.#streams.start({ from, to: volunteer, bytes }, this.#purpose, number);
    this.#pulls.set(number, { volunteer, file, from, flow, bytes, waiting: [request] });
    return true;
  }

  /** The request no longer waits. What is on its way for it comes all the same. */
  forget(request: number): void {
    for (const { waiting } of this.#pulls.values()) {
      const at = waiting.indexOf(request);
      if (at >= 0) waiting.splice(at, 1);
    }
  }

  /** The node, a cache or the server, is gone: what it fetches or sends breaks off. */
  breakOff(node: number): void {
    for (const [number, pull] of [...this.#pulls]) {
      const { volunteer: to, from, flow, bytes, waiting } = pull;
      if (from !== node && to !== node) continue;
      this.#pulls.delete(number);
      this.#streams.abort(flow, { from, to, bytes });
      this.#host.failed([...waiting]);
    }
  }

  /** A stream has moved all its bytes. */
  #moved(number: number): void {
    const pull = this.#pulls.get(number);
    if (pull === undefined) return;
    this.#pulls.delete(number);
    const { from, volunteer: to, file, bytes, waiting } = pull;
    this.#streams.ended({ from, to, bytes });
    this.#host.complete(to, file, waiting);
  }

  #sourceFor(volunteer: number, file: number): number | null {
    const { classes, count, holds } = this.#volunteers;
    let best: number | null = null;
    for (let node = 0; node < count; node++) {
      if (node === volunteer || !classes[node].caches || !this.#volunteers.isOnline(node)) continue;
      if (!holds.has(node, file)) continue;
      if (best === null || this.#streams.leaving(node) < this.#streams.leaving(best)) best = node;
    }
    if (best !== null) return best;
    return this.#server.isUp ? SERVER_NODE : null;
  }
}
