import { INITIAL_WINDOW } from "./slow-start.ts";

export { SEGMENT_PAYLOAD, WIRE_EFFICIENCY } from "../wire.ts";

/**
 * Seconds that a download over HTTP takes beyond its bytes at `rate`, on an idle way.
 *
 * Two round trips open a connection and ask for the file; a redirect costs two more at the machine
 * that redirects. Then the sender doubles its window every round trip (RFC 5681) and idles in each
 * one until the window covers what `rate` moves in a round trip, or the file ends. `Http` plays the
 * same steps one by one, with what queues and other flows add to each.
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
