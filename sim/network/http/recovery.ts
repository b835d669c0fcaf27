import type { Stream } from "../../engine/random.ts";
import { SEGMENT_PAYLOAD } from "../wire.ts";
import { LEAST_TIMEOUT_MARGIN } from "./slow-start.ts";

/**
 * Seconds between the tries to open a connection: RFC 6298 (2.1) sets the first timeout, and Linux
 * since 6.5 does not double it for the first four (tcp_syn_linear_timeouts).
 */
const CONNECT_TIMEOUT = 1;

/** Tries after which one is taken to succeed. */
const MOST_TRIES = 5;

/** Round trips after which a sender repeats its last segment unasked (tail loss probe, RFC 8985). */
const PROBE_TRIPS = 2;

/** Seconds that losses add to opening a connection where this share of the segments is lost. */
export function connectRecovery(lossShare: number, random: Stream): number {
  let lost = 0;
  while (lost < MOST_TRIES && random() < lossShare) lost++;
  return CONNECT_TIMEOUT * lost;
}

/** A round of segments, of whose end some did not fit into a queue. */
export interface LossyRound {
  /** Bytes. */
  readonly sent: number;
  readonly lost: number;
  /** Whether nothing follows. */
  readonly isLast: boolean;
}

/**
 * Seconds until all of a round has come after all, beyond what it takes without a loss.
 *
 * What follows shows the sender what is missing, which then comes a round trip later. Nothing follows
 * the last round, so that its end is found missing by a probe; and where nothing has come at all, by
 * a timeout. (The cases of Cardwell, Savage and Anderson, "Modeling TCP latency", INFOCOM 2000.)
 */
export function roundRecovery({ sent, lost, isLast }: LossyRound, roundTrip: number): number {
  if (lost < SEGMENT_PAYLOAD) return 0;
  if (lost > sent - SEGMENT_PAYLOAD) return 2 * roundTrip + LEAST_TIMEOUT_MARGIN;
  return (isLast ? PROBE_TRIPS + 1 : 1) * roundTrip;
}
