import type { FlowId } from "../network/network.ts";
import { SERVER_NODE } from "./events.ts";
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

export interface PullThroughHost {
  readonly volunteers: Volunteers;
  readonly streams: SyncStreams;
  /** Number of the purpose of its streams on the network, whose owner is a pull's number. */
  readonly purpose: number;
  /** Whether the server answers. */
  readonly serverIsUp: () => boolean;
  /** The cache has the file and can send it to those that wait. */
  readonly complete: (volunteer: number, file: number, waiting: readonly number[]) => void;
  /** The file will not come. */
  readonly failed: (waiting: readonly number[]) => void;
}

/**
 * Caches that fetch what they are asked for and do not hold, once for all that ask meanwhile: from
 * another cache that has it, as in CORAL, or else from the server (Freedman, Freudenthal and Mazières,
 * Democratizing content publication with Coral, NSDI 2004).
 */
export class PullThrough {
  readonly #host: PullThroughHost;
  readonly #pulls = new Map<number, Pull>();
  #count = 0;

  constructor(host: PullThroughHost) {
    this.#host = host;
  }

  /** The request waits until the cache has the file; false where nobody could give it. */
  want(volunteer: number, file: number, bytes: number, request: number): boolean {
    for (const pull of this.#pulls.values()) {
      if (pull.volunteer !== volunteer || pull.file !== file) continue;
      pull.waiting.push(request);
      return true;
    }
    const from = this.#sourceFor(volunteer, file);
    if (from === null) return false;
    const number = this.#count++;
    const part = { from, to: volunteer, bytes };
    const flow = this.#host.streams.start(part, this.#host.purpose, number);
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

  /** A stream has moved all its bytes. */
  moved(number: number): void {
    const pull = this.#pulls.get(number);
    if (pull === undefined) return;
    this.#pulls.delete(number);
    const { from, volunteer: to, file, bytes, waiting } = pull;
    this.#host.streams.ended({ from, to, bytes });
    this.#host.complete(to, file, waiting);
  }

  /** The node, a cache or the server, is gone: what it fetches or sends breaks off. */
  breakOff(node: number): void {
    for (const [number, pull] of [...this.#pulls]) {
      const { volunteer: to, from, flow, bytes, waiting } = pull;
      if (from !== node && to !== node) continue;
      this.#pulls.delete(number);
      this.#host.streams.abort(flow, { from, to, bytes });
      this.#host.failed([...waiting]);
    }
  }

  #sourceFor(volunteer: number, file: number): number | null {
    const { volunteers, streams, serverIsUp } = this.#host;
    let best: number | null = null;
    for (let node = 0; node < volunteers.count; node++) {
      const { caches } = volunteers.classes[node];
      if (node === volunteer || !caches || !volunteers.isOnline(node)) continue;
      if (!volunteers.holds.has(node, file)) continue;
      if (best === null || streams.leaving(node) < streams.leaving(best)) best = node;
    }
    if (best !== null) return best;
    return serverIsUp() ? SERVER_NODE : null;
  }
}
