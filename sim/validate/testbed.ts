/** A rate limit of the testbed: bytes per second and bytes of burst, both on the wire. */
export interface Cap {
  readonly rate: number;
  readonly burst: number;
}

/** What a machine is linked to the core with; null where nothing limits. */
export interface Machine {
  readonly up: Cap | null;
  readonly down: Cap | null;
}

/** Machines around a core router that is never full. */
export interface Testbed {
  /** Throws for a name that the scenario does not know. */
  readonly machine: (name: string) => Machine;
  /** Seconds of a round trip when all queues are empty. */
  readonly roundTrip: number;
  /** Full segments that wait before a cap; more are dropped. */
  readonly queuePackets: number;
  /** Bytes that receivers are ready to hold, where that is limited. */
  readonly receiveWindow: number | null;
}

/** Segments that wait before a cap, in every measurement: the length set with tc. */
export const QUEUE_PACKETS = 50;

/** Seconds of a round trip where none is set: what the machine's own forwarding takes. */
export const BASE_ROUND_TRIP = 0.00015;

const BYTES_PER_MEGABIT = 125_000;

/** The burst that the testbed gives a shaper: 20 ms at its rate, within 15,140 and 131,072 bytes. */
function usualBurst(rate: number): number {
  return Math.min(131_072, Math.max(15_140, 0.02 * rate));
}

/** A cap of so many Mbit/s. `bursts` tells the burst by the cap, where the scenario does. */
export function capOf(
  megabits: number | null | undefined,
  bursts?: Readonly<Record<string, number>> | number,
): Cap | null {
  if (megabits === null || megabits === undefined) return null;
  const rate = megabits * BYTES_PER_MEGABIT;
  const told = typeof bursts === "number" ? bursts : bursts?.[String(megabits)];
  return { rate, burst: told ?? usualBurst(rate) };
}
