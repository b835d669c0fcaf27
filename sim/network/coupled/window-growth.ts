import { SEGMENT_PAYLOAD } from "../wire.ts";

/** What a loss leaves of the window (RFC 9438, 4.6). */
export const DECREASE = 0.7;

/** Segments in flight from which on HyStart watches a flow (hystart_low_window of tcp_cubic.c). */
const WATCHED_WINDOW = 16 * SEGMENT_PAYLOAD;

/** HyStart ends slow start when the round trip has grown by an eighth, within these seconds. */
const GROWN_PART = 1 / 8;
const GROWN_LEAST = 0.004;
const GROWN_MOST = 0.016;

/** The constant of CUBIC's growth, in segments (RFC 9438, 5). */
const GROWTH = 0.4;

/** Segments a round trip that CUBIC grows at least by, to be no slower than Reno (RFC 9438, 4.3). */
const LEAST_GROWTH = (3 * (1 - DECREASE)) / (1 + DECREASE);

/**
 * Bytes in flight of a flow `age` seconds after its slow start, if nothing is lost.
 *
 * Linux ends slow start when it sees a queue grow (HyStart: Ha and Rhee, "Taming the elephants: new
 * TCP slow start", Computer Networks 55(9), 2011), long before the queue is full. From there CUBIC
 * grows by the cube of the time, or faster as Reno would: some segments a round trip, which is itself
 * the window over the rate, so that the square of the window grows steadily.
 */
export function windowAfter(age: number, rate: number, roundTrip: number): number {
  const grown = Math.min(GROWN_MOST, Math.max(GROWN_LEAST, roundTrip * GROWN_PART));
  const first = Math.max(WATCHED_WINDOW, rate * (roundTrip + grown));
  const reno = Math.sqrt(first ** 2 + 2 * LEAST_GROWTH * SEGMENT_PAYLOAD * rate * age);
  return Math.max(reno, first + GROWTH * SEGMENT_PAYLOAD * age ** 3);
}

/**
 * Bytes that stand in a queue of `peak` bytes that flows fill and lose at, when another `inFlight`
 * bytes are on the way: their windows go up from `DECREASE` of what the peak allows, at phase 0, to it.
 */
export function queueAt(peak: number, inFlight: number, phase: number): number {
  const part = DECREASE + (1 - DECREASE) * phase;
  return Math.max(0, part * (peak + inFlight) - inFlight);
}
