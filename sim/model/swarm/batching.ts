import type { Message } from "./connection.ts";

/** How a client that does not send each message at once collects them. */
export interface Batching {
  /** Seconds between looks at a connection on which nothing happens. */
  readonly pulse: number;
  /** Whether it also looks at a connection when something arrives there, or a block has left. */
  readonly wakes: boolean;
  /** Seconds for which a message may wait for others; the first that is due takes all with it. */
  readonly interest: number;
  readonly have: number;
}

/** Seconds for which a message may wait. */
export function delayOf({ interest, have }: Batching, { kind }: Message): number {
  if (kind === "have") return have;
  return kind === "interested" || kind === "uninterested" ? interest : 0;
}
