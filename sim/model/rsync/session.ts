import { startupDelay, WIRE_EFFICIENCY } from "../../network/http/transport.ts";

/**
 * Round trips of a pull of one file from an rsync daemon, protocol 31 or later, none of which
 * overlaps another (clientserver.c, compat.c, main.c).
 */
const ROUND_TRIPS = {
  /** TCP. */
  connection: 1,
  /** Versions cross. */
  greeting: 1,
  /** The module's name, and the daemon's consent. */
  module: 1,
  /** Arguments, flags of compatibility, the choice of checksum. */
  setup: 1,
  /** Filters, then the list of files. */
  list: 1,
  /** Signature, then delta. */
  delta: 1,
  /** The end of each of two phases, then the statistics, then good-bye. */
  end: 4,
} as const;

export const SESSION_ROUND_TRIPS = Object.values(ROUND_TRIPS).reduce((sum, n) => sum + n, 0);

/** Round trips before the delta flows, once for a session and not for each file. */
export const OPENING_ROUND_TRIPS =
  ROUND_TRIPS.connection +
  ROUND_TRIPS.greeting +
  ROUND_TRIPS.module +
  ROUND_TRIPS.setup +
  ROUND_TRIPS.list;

/** Bytes of a session with one file beside the file's own, as rsync 3.5.0 counts them. */
export const SESSION_UP = 22;
/** The list's entry for the file, its name included, and the ends of phases. */
export const SESSION_DOWN = 64;

export interface RsyncLink {
  /** Bytes per second from the receiver, on the wire. */
  readonly up: number;
  /** Bytes per second from the sender, on the wire. */
  readonly down: number;
  /** Seconds. */
  readonly rtt: number;
}

/** Bytes that a pull sends each way. */
export interface RsyncBytes {
  readonly upBytes: number;
  readonly downBytes: number;
}

/**
 * Seconds from the start of rsync to its end for one file: the signature and then the delta, which
 * do not overlap, since the sender begins when it has the whole signature.
 *
 * `startup` is in seconds what starting the processes takes on the machines at hand.
 */
export function rsyncSeconds(
  { upBytes, downBytes }: RsyncBytes,
  { up, down, rtt }: RsyncLink,
  startup: number,
): number {
  const downRate = down * WIRE_EFFICIENCY;
  const flow = upBytes / (up * WIRE_EFFICIENCY) + downBytes / downRate;
  // Connection and request are among the session's own round trips; what is left is slow start.
  const slowStart = startupDelay(downBytes, downRate, rtt, { redirected: false }) - 2 * rtt;
  return startup + SESSION_ROUND_TRIPS * rtt + flow + slowStart;
}
