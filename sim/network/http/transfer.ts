import type { Ticket } from "../../engine/event-queue.ts";
import type { FlowId } from "../network.ts";
import type { Route } from "../sites.ts";
import type { Connection } from "./connection.ts";

export interface TransferSpec {
  readonly route: Route;
  readonly bytes: number;
  /** The way to the machine that redirects here, if one does. */
  readonly redirector?: Route | undefined;
  /** A connection that is kept alive; without one, a new one is opened and closed again. */
  readonly connection?: Connection;
  /** Bytes the receiver is ready to hold; without limit when absent. */
  readonly receiveWindow?: number;
  /** Share against other transfers; 1 when absent. */
  readonly weight?: number;
  /** Bytes per second at most; without limit when absent. */
  readonly cap?: number | undefined;
  readonly priority?: number;
  /** Seconds that the programs at both ends wait for a processor; none when absent. */
  readonly processorWait?: number;
  /** As returned by `Http.purpose`. */
  readonly purpose: number;
  readonly owner: number;
}

/** What those who watch may know of a transfer. */
export interface TransferState {
  /** What moves its bytes now; null while it waits. */
  readonly flow: FlowId | null;
  /** Bytes that have not arrived, the header's included. */
  readonly left: number;
  /** Whether a whole round has come. */
  readonly hasBegun: boolean;
  /** Whether its next step comes by itself, and not when somebody else is ready. */
  readonly isDue: boolean;
}

/** A transfer under way, as `Http` keeps it. */
export interface Transfer {
  readonly spec: TransferSpec;
  readonly connection: Connection;
  /** The transfer's luck with losses, standard normal. */
  readonly luck: number;
  left: number;
  /** Bytes of the round under way, and when the first of its ACKs is due. */
  round: number;
  answered: number;
  /** Seconds until what is lost of the round has come after all. */
  recovery: number;
  flow: FlowId | null;
  wait: Ticket;
}
