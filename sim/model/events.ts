import type { DispatchView } from "../policies/index.ts";

/** What a model tells those who watch it. Watchers never steer. */

/** Number of a source that is the repository server. Volunteers are numbered from 0. */
export const SERVER_NODE = -1;

/** How one attempt at a request ended. */
export type AttemptEnd =
  /** Whole, and its digest is the server's. */
  | "delivered"
  /** Whole, but its digest is not the server's. */
  | "wrong-digest"
  /** The volunteer answered that it does not have the file. */
  | "missing"
  /** The volunteer did not answer, or left in mid-transfer. */
  | "gone"
  /** It ended before the file did. */
  | "cut-short"
  /** The customer lost patience. */
  | "abandoned";

/** How a request ended. */
export type RequestEnd =
  /** The customer took the file, and it is what the server holds. */
  | "served"
  /** The customer took other bytes than the server holds, and has not noticed. */
  | "deceived"
  /** The customer got nothing. */
  | "failed";

/** Whoever watches hears what it has a method for. */
export interface Observer {
  // The steps of a request.

  /** The customer begins with a request, when its turn has come. */
  begun?(request: number): void;
  /** The server was asked and does not answer; the customer asks again after its timeout. */
  unanswered?(request: number): void;
  /** The policy is about to decide on a request. */
  deciding?(request: number): void;
  /** The policy is about to decide on this view, which is the coordinator's own. */
  considered?(view: DispatchView): void;
  /** The server answered a request: the node that is to deliver, and the policy's reason. */
  dispatched?(request: number, node: number, reason: string): void;
  /** The customer turns to `node` for the file; `transfer` is the number that `Http` has given it. */
  fetching?(request: number, node: number, transfer: number): void;
  /** The source begins to send the customer what it asked for. */
  serving?(request: number): void;
  /** An attempt ended after `sent` bytes had left `node`. */
  attempted?(request: number, node: number, end: AttemptEnd, sent: number): void;
  /** A request ended; `asked` is when the customer asked. */
  ended?(request: number, asked: number, end: RequestEnd): void;

  // What volunteers do.

  /** A volunteer spent `seconds` up to now on a synchronisation, whole or interrupted. */
  synchronised?(volunteer: number, seconds: number, files: number): void;
  /**
   * A volunteer has fetched a file, and holds it from now on. `publishedAt` is when the file got these
   * bytes, in seconds; `-Infinity` if before the start.
   */
  fetched?(volunteer: number, file: number, publishedAt: number): void;
  /** A volunteer's synchronisation took `bytes` from the server. */
  pulled?(volunteer: number, bytes: number): void;
  /** A volunteer's synchronisation took `bytes` from another volunteer. */
  exchanged?(volunteer: number, from: number, bytes: number): void;
  /** A volunteer's synchronisation sent `bytes` to the server: signatures and requests. */
  returned?(volunteer: number, bytes: number): void;
  /** The server compared a copy of the volunteer's, for which that sent `bytes`. */
  audited?(volunteer: number, bytes: number, passed: boolean): void;

  /** The measured time begins now. */
  measuring?(): void;
  /** Time for a look at the links; called at regular intervals, the first at 0. */
  sampled?(now: number): void;
}
