import { InFlightByNothing } from "../coordinator/in-flight/by-nothing.ts";
import type { UplinkLoad } from "../coordinator/in-flight/in-flight.ts";
import type { Http, TransferId } from "../network/http/http.ts";
import type { LinkId, Network } from "../network/network.ts";
import type { Downloads } from "./downloads.ts";
import type { Topology } from "./topology.ts";

/**
 * An oracle: what each volunteer really has in flight and what its lines really carry, read from the
 * simulator's own state, whoever has redirected it. No server could know that; it is here to tell what
 * perfect knowledge of deliveries would be worth. What a volunteer synchronises is known by its reports.
 */
export class TrueLoads extends InFlightByNothing {
  override readonly sources = { reports: true, redirects: true };
  readonly #loads: readonly TrueLoad[];

  constructor(http: Http, network: Network, topology: Topology) {
    super();
    this.#loads = topology.volunteers.map(({ uplink, deliveries }) => {
      const lines = deliveries === null ? [uplink] : [uplink, deliveries];
      return new TrueLoad(http, network, lines);
    });
  }

  /** What is to be known; before that nothing is in flight. */
  watch(downloads: Downloads): void {
    downloads.whenFetching({
      started: (node, transfer) => this.#loads[node]?.inFlight.add(transfer),
      over: (node, transfer) => this.#loads[node]?.inFlight.delete(transfer),
    });
  }

  override register(): void {}

  override at(volunteer: number): UplinkLoad {
    return this.#loads[volunteer];
  }
}

/** What one volunteer is sending. */
class TrueLoad implements UplinkLoad {
  readonly inFlight = new Set<TransferId>();
  readonly foreign = 0; // Of all it is known whose they are.
  readonly #http: Http;
  readonly #network: Network;
  readonly #lines: readonly LinkId[];

  constructor(http: Http, network: Network, lines: readonly LinkId[]) {
    this.#http = http;
    this.#network = network;
    this.#lines = lines;
  }

  get transfers(): number {
    return this.inFlight.size;
  }

  /** What traffic of others leaves of its narrowest line, which is served first. */
  get rate(): number {
    let rate = Number.POSITIVE_INFINITY;
    for (const line of this.#lines) {
      const capacity = this.#network.capacity(line);
      const spare = capacity - this.#network.background(line);
      rate = Math.min(rate, Math.max(spare, LEAST_SHARE * capacity));
    }
    return rate;
  }

  refresh(): void {}

  ahead(size: number): number {
    let sum = 0;
    for (const transfer of this.inFlight) {
      sum += Math.min(this.#http.stateOf(transfer).left, size);
    }
    return sum;
  }
}

/** A line that others fill is taken to carry this share all the same, so that quotients are finite. */
const LEAST_SHARE = 0.01;
