/** Lower bounds on the time until a file is at all receivers; bytes, bytes per second, seconds. */

/** A server sends each of `receivers` a copy: max(N·F/u, F/d) (Kurose and Ross, section 2.5). */
export function clientServerTime(
  size: number,
  serverUp: number,
  receivers: number,
  leastDown: number,
): number {
  return Math.max((receivers * size) / serverUp, size / leastDown);
}

/**
 * Receivers help with their uplinks: max(F/u, F/d, N·F/(u + Σu)) (Kumar and Ross, Peer-assisted
 * file distribution: the minimum distribution time, HotWeb 2006). A fluid reaches it.
 */
export function peerToPeerTime(
  size: number,
  serverUp: number,
  receiverUps: readonly number[],
  leastDown: number,
): number {
  const total = receiverUps.reduce((sum, up) => sum + up, serverUp);
  return Math.max(size / serverUp, size / leastDown, (receiverUps.length * size) / total);
}

/**
 * In `pieces` pieces that are passed on whole, all uplinks alike: (1 + floor(log2 N)/M)·F/u
 * (Mundinger, Weber and Weiss, Optimal scheduling of peer-to-peer file dissemination, 2008).
 */
export function chunkedTime(size: number, up: number, receivers: number, pieces: number): number {
  return (1 + Math.floor(Math.log2(receivers)) / pieces) * (size / up);
}
