import type { Engine } from "../engine/engine.ts";
import type { World } from "../model/simulation.ts";
import { bottleneckOf, type Crowd, crowdOf, type WatchedNetwork } from "../network/bottleneck.ts";
import type { LinkId } from "../network/network.ts";

/** What a download waits for. */
export type HoldKind =
  /** A link on its way, which others use too or which is no faster. */
  | "link"
  /** What its source gives one download at most. */
  | "cap"
  /** The connection, the redirect and the request. */
  | "opening"
  /** ACKs: slow start, the receiver's window or lost segments. */
  | "window"
  /** A cache that fetches the file first. */
  | "source"
  /** The server, which does not answer. */
  | "down"
  /** Its timeout, after a source that did not answer or left. */
  | "timeout"
  /** Being asked to come back later. */
  | "put-off"
  /** Nothing that can be told. */
  | "none";

export interface Hold {
  readonly kind: HoldKind;
  /** Where the kind is a link. */
  readonly link: LinkId | null;
}

/** What a request meets at one moment. */
export interface Moment {
  readonly hold: Hold;
  /** Bytes per second that come. */
  readonly rate: number;
  /** Downloads and other transfers that the link carries beside it. */
  readonly downloads: number;
  readonly others: number;
}

export function waiting(kind: HoldKind): Moment {
  return { hold: { kind, link: null }, rate: 0, downloads: 0, others: 0 };
}

/** What a transfer meets now whose bytes do not move. */
export function pausing(hasBegun: boolean, isDue: boolean): Moment {
  return waiting(hasBegun ? "window" : isDue ? "opening" : "source");
}

/** What flows meet now. Many on one link are told of it for the price of one. */
export class Crowds {
  readonly #engine: Engine;
  readonly #watched: WatchedNetwork;
  readonly #known = new Map<LinkId, Crowd>();
  /** The event since which the known crowds hold. */
  #event = -1;
  readonly #at = (link: LinkId) => this.#crowd(link);

  /** To be made before anything flows. */
  constructor({ engine, network }: World) {
    this.#engine = engine;
    this.#watched = { network, register: network.register() };
  }

  /** What a flow meets now. */
  moment(flow: number): Moment {
    const { network, register } = this.#watched;
    const rate = network.rate(flow);
    const found = bottleneckOf(this.#watched, flow, this.#at);
    if (found.kind !== "link") return { ...waiting(found.kind), rate };
    const { link } = found;
    const alike = this.#crowd(link).purposes.get(register.spec(flow).purpose) ?? 1;
    const others = network.flowsOn(link) - alike;
    return { hold: { kind: "link", link }, rate, downloads: alike - 1, others };
  }

  #crowd(link: LinkId): Crowd {
    const { fired } = this.#engine;
    if (fired !== this.#event) this.#known.clear();
    this.#event = fired;
    const crowd = this.#known.get(link) ?? crowdOf(this.#watched, link);
    this.#known.set(link, crowd);
    return crowd;
  }
}

export function isSameHold(a: Hold, b: Hold): boolean {
  return a.kind === b.kind && a.link === b.link;
}
