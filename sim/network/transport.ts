/** Payload of a full segment and bytes it takes on Ethernet: 1448 of 1514. */
export const SEGMENT_PAYLOAD = 1448;
const SEGMENT_ON_WIRE = 1514;

/** Payload bytes a link carries for each byte of its nominal capacity. */
export const WIRE_EFFICIENCY = SEGMENT_PAYLOAD / SEGMENT_ON_WIRE;

/** Bytes a sender may have in flight in the first round trip: ten segments (RFC 6928). */
const INITIAL_WINDOW = 10 * SEGMENT_PAYLOAD;

/**
 * Seconds that a download over HTTP takes beyond its bytes at `rate`.
 *
 * Two round trips open a connection and ask for the file; a redirect costs two more at the machine
 * that redirects. Then the sender doubles its window every round trip (RFC 5681) and idles in each
 * one until the window covers what `rate` moves in a round trip, or the file ends.
 */
export function startupDelay(
  bytes: number,
  rate: number,
  rtt: number,
  { redirected }: { readonly redirected: boolean },
): number {
  let delay = (redirected ? 4 : 2) * rtt;
  const pipe = rate * rtt;
  let sent = 0;
  for (let window = INITIAL_WINDOW; window < pipe && sent + window < bytes; window *= 2) {
    delay += rtt - window / rate;
    sent += window;
  }
  return delay;
}
