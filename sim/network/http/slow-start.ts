import { DECREASE } from "../coupled/window-growth.ts";
import { SEGMENT_PAYLOAD } from "../wire.ts";

/** Bytes a sender may have in flight in the first round trip: ten segments (RFC 6928). */
export const INITIAL_WINDOW = 10 * SEGMENT_PAYLOAD;

/** Seconds Linux adds to the round trip before it takes a segment for lost (TCP_RTO_MIN). */
export const LEAST_TIMEOUT_MARGIN = 0.2;

/**
 * The congestion window of one connection while it grows: bytes that may be in flight at once.
 *
 * It grows by what is acknowledged, so it doubles in a round trip that uses it whole (RFC 5681). It
 * outlives a request where the connection does, and is halved for every retransmission timeout that
 * the connection then idles, down to the initial window (RFC 2861, on by default in Linux).
 */
export class Window {
  bytes = INITIAL_WINDOW;
  #idleSince = 0;
  /** Where slow start ends; what a window grows from there on is too little to count. */
  #threshold = Number.POSITIVE_INFINITY;

  /** `sent` bytes have been acknowledged. The window does not outgrow `most` bytes. */
  grow(sent: number, most: number): void {
    const grown = Math.min(this.bytes + sent, most, this.#threshold);
    this.bytes = Math.max(this.bytes, grown);
  }

  /** Segments have been lost: slow start will not go further than to what is left. */
  lose(): void {
    this.bytes = Math.max(INITIAL_WINDOW, this.bytes * DECREASE);
    this.#threshold = this.bytes;
  }

  /** Nothing is in flight from `now` on. */
  rest(now: number): void {
    this.#idleSince = now;
  }

  /** Sending begins again after a rest. */
  wake(now: number, roundTrip: number): void {
    const timeout = roundTrip + LEAST_TIMEOUT_MARGIN;
    for (let idle = now - this.#idleSince; idle > timeout; idle -= timeout) {
      if (this.bytes <= INITIAL_WINDOW) return;
      this.bytes = Math.max(INITIAL_WINDOW, this.bytes / 2);
    }
  }
}
