import type { World } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";

/** Relative error that rounding may leave in sums of bytes. */
const ROUNDING = 1e-6;

/** Bytes and requests as the observer counted them, from the start of the run. */
export interface Account {
  /** Delivered in attempts that succeeded. */
  readonly received: number;
  /** Sent in attempts that failed. */
  readonly lost: number;
  /** Pulled by volunteers from the server. */
  readonly pulled: number;
  /** Pulled by volunteers from each other. */
  readonly exchanged: number;
  /** Sent by volunteers to the server. */
  readonly returned: number;
  /** Sent by volunteers to the server for audits. */
  readonly audited: number;
  /** Headers of responses to customers. */
  readonly headers: number;
  readonly requestsEnded: number;
  readonly wrongAccepted: number;
}

/** Throws if a link moves more than it can. For use at any instant. */
export function checkCapacity({ network, engine }: World): void {
  for (let link = 0; link < network.linkCount; link++) {
    const capacity = network.capacity(link);
    const rate = network.linkRate(link) + Math.min(network.background(link), capacity);
    if (rate > capacity * (1 + ROUNDING)) {
      throw new Error(`link ${link} moves ${rate} of ${capacity} bytes/s at t=${engine.now}`);
    }
  }
}

/**
 * Throws unless what was sent was received or lost, every request ended, and nobody kept wrong
 * bytes unnoticed. For use when the last request has ended.
 */
export function checkAccount(world: World, workload: Workload, account: Account): void {
  const { network, topology } = world;
  const carried = (links: readonly number[]) =>
    links.reduce((sum, link) => sum + network.carried(link), 0);
  const underWay = network.active;
  const downlinks = carried(topology.links("customerDownlink"));
  equal("bytes at customers", downlinks, account.received + account.lost + account.headers);
  const sent =
    carried(topology.links("serverUplink")) +
    carried(topology.links("volunteerUplink")) +
    carried(topology.links("customerUplink"));
  const synchronised = carried(topology.links("volunteerDownlink"));
  const counted = account.pulled + account.exchanged;
  if (underWay === 0) {
    equal("bytes sent", sent, downlinks + synchronised + account.returned + account.audited);
    equal("bytes synchronised", synchronised, counted);
  } else {
    // Synchronisations still under way have moved bytes that nobody has counted yet.
    atMost("bytes returned", account.returned, sent - downlinks - synchronised, sent);
    atMost("bytes synchronised", counted, synchronised, synchronised);
  }
  if (account.requestsEnded !== workload.trace.requests) {
    throw new Error(`${account.requestsEnded} of ${workload.trace.requests} requests ended`);
  }
  if (account.wrongAccepted > 0) {
    throw new Error(`${account.wrongAccepted} requests kept wrong bytes unnoticed`);
  }
}

function equal(what: string, a: number, b: number): void {
  if (Math.abs(a - b) > ROUNDING * Math.max(a, b, 1)) throw new Error(`${what}: ${a} is not ${b}`);
}

/** Differences of large sums are rounded as those sums are: `scale` is the largest of them. */
function atMost(what: string, counted: number, carried: number, scale: number): void {
  if (counted > carried + ROUNDING * scale + 1) {
    throw new Error(`${what}: counted ${counted}, carried ${carried}`);
  }
}
