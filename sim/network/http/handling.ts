/**
 * Seconds that curl 7.88 and nginx 1.22 take over a request on an idle machine: 10 KB over an idle
 * link at a round trip of 0.15 ms come in 0.6 ms, two round trips included.
 */
export const HANDLING = 0.0003;

/** Seconds the programs take over a request, and over the one before it that was redirected. */
export function handlingSeconds(isRedirected: boolean, processorWait = 0): number {
  return (isRedirected ? 2 : 1) * HANDLING + processorWait;
}
