import type { World } from "../../model/simulation.ts";
import { bottleneckOf } from "../../network/bottleneck.ts";
import type { LinkId } from "../../network/network.ts";

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

/** What a flow meets now. */
export function moving({ network }: World, flow: number): Moment {
  const rate = network.rate(flow);
  const found = bottleneckOf(network, flow);
  if (found.kind !== "link") return { ...waiting(found.kind), rate };
  const { link } = found;
  const { purpose } = network.facts(flow);
  const crossing = network.crossing(link);
  const alike = crossing.filter((other) => network.facts(other).purpose === purpose).length;
  const beside = { downloads: alike - 1, others: crossing.length - alike };
  return { hold: { kind: "link", link }, rate, ...beside };
}

export function isSameHold(a: Hold, b: Hold): boolean {
  return a.kind === b.kind && a.link === b.link;
}
