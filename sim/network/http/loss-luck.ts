import { SEGMENT_PAYLOAD } from "../wire.ts";

/**
 * Losses that a flow meets in `bytes`, when `window` bytes of it are in flight on average.
 *
 * In the steady state a share of 3/(2·W²) of the segments is lost (Mathis, Semke, Mahdavi and Ott,
 * "The macroscopic behavior of the TCP congestion avoidance algorithm", CCR 27(3), 1997), where W is
 * the window in segments. CUBIC with windows this small keeps to the same law (RFC 9438, 4.3).
 */
export function expectedLosses(bytes: number, window: number): number {
  const segments = window / SEGMENT_PAYLOAD;
  return (1.5 * (bytes / SEGMENT_PAYLOAD)) / segments ** 2;
}

/** Squared coefficient of variation of a window that losses halve at random moments. */
const WINDOW_VARIATION = 1 / 3;

/** Losses over which a window forgets what it was: each halves its deviation on average. */
const MEMORY = 2;

/**
 * Relative standard deviation of a flow's mean rate over `losses` expected losses.
 *
 * The window varies about its mean as said above and forgets exponentially; this is the deviation
 * of its mean over the time of the transfer: all of the variation for a short one, and less with
 * the square root of the losses for a long one. (Altman, Avrachenkov and Barakat, "A stochastic
 * model of TCP/IP with stationary random losses", SIGCOMM 2000, sections 4 and 5.)
 */
export function rateDeviation(losses: number): number {
  const memories = losses / MEMORY;
  const kept = (2 / memories) * (1 + Math.expm1(-memories) / memories);
  return Math.sqrt(WINDOW_VARIATION * kept);
}

/** Factor of mean 1 on a flow's share, log-normal with the given relative deviation. */
export function luckFactor(deviation: number, normal: number): number {
  const variance = Math.log1p(deviation ** 2);
  return Math.exp(Math.sqrt(variance) * normal - variance / 2);
}
