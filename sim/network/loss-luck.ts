import type { Stream } from "../engine/random.ts";
import { SEGMENT_PAYLOAD } from "./wire.ts";

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

/**
 * Relative standard deviation of a flow's mean rate over `losses` expected losses.
 *
 * Losses that come at random moments, each halving the window, leave the window with a squared
 * coefficient of variation of 1/3 and a memory of two losses; its mean over N losses so deviates by
 * √(2·2·(1/3)/N). (Altman, Avrachenkov and Barakat, "A stochastic model of TCP/IP with stationary
 * random losses", SIGCOMM 2000, section 5.)
 */
export function rateDeviation(losses: number): number {
  return Math.sqrt(4 / (3 * losses));
}

/** Factor of mean 1 on a flow's share, log-normal with the given relative deviation. */
export function luckFactor(deviation: number, normal: number): number {
  const variance = Math.log1p(deviation ** 2);
  return Math.exp(Math.sqrt(variance) * normal - variance / 2);
}

/** Draws from the standard normal distribution (Box and Muller, 1958). */
export function standardNormal(random: Stream): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
