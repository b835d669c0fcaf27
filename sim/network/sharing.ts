import type { FlowId, FlowSpec } from "./flow-spec.ts";
import type { LinkId } from "./link-table.ts";

/** How the flows of a network share its links, and which of them ends next. */
export interface Sharing {
  /** Time of the next end; `Infinity` where none is in sight. */
  readonly nextEnd: number;

  addLink(link: LinkId): void;

  start(flow: FlowId, spec: FlowSpec): void;

  /** A flow leaves its links, with so many bytes still to move. */
  leave(flow: FlowId, left: number): void;

  /** Takes the flow that ends now off the row of ends; it then leaves. */
  takeEnd(): FlowId;

  setWeight(flow: FlowId, weight: number): void;
  setCap(flow: FlowId, cap: number): void;

  /** The capacity of the link, or its background traffic, is another one. */
  changeRoom(link: LinkId): void;

  rate(flow: FlowId): number;

  /** Bytes the flow has still to move. */
  remaining(flow: FlowId): number;

  /** Data bytes that the link has carried so far, and those it carries a second now. */
  carried(link: LinkId): number;
  linkRate(link: LinkId): number;
}

/** A flow that one way of sharing hands over to another. */
export interface FlowUnderWay {
  readonly flow: FlowId;
  readonly spec: FlowSpec;
  /** Bytes still to move. */
  readonly left: number;
}
