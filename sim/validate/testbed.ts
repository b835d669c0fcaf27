import { z } from "zod";

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
  /** Null for a name that the scenario does not know. */
  readonly machine: (name: string) => Machine | null;
  /** The names it knows, for a message. */
  readonly known: string;
  /** Seconds of a round trip when all queues are empty. */
  readonly roundTrip: number;
  /** Full segments that wait before a cap; more are dropped. */
  readonly queuePackets: number;
  /** Bytes that receivers are ready to hold, where that is limited. */
  readonly receiveWindow: number | null;
}

/** Segments that wait before a cap, in every measurement: the length set with tc. */
export const QUEUE_PACKETS = 50;

/** Seconds of a round trip where no delay is set: what the machine's own forwarding takes. */
export const BASE_ROUND_TRIP = 0.00015;

/** Access links that a round trip crosses: two each way. */
const LINKS_OF_ROUND_TRIP = 4;

/** Bytes per second of a way without a cap: about what links within one machine carry. */
export const UNSHAPED = 1.25e9;

const BYTES_PER_MEGABIT = 125_000;

/** Mbit/s; null where nothing limits. */
export const statedMegabits = z.number().positive().nullable();

/** The same where it may be left out. */
export const megabits = statedMegabits.optional();

/** Bytes of burst of a shaper: one number for the server's, or one for each cap. */
export const bursts = z
  .union([z.number().positive(), z.record(z.string(), z.number().positive())])
  .nullish();

const milliseconds = z.number().nonnegative().nullish();

/** What every scenario says of its links, in one way or another. */
export const links = z.object({
  rtt_ms_no_queue: milliseconds,
  one_way_delay_per_access_link_ms: milliseconds,
  delay_ms: milliseconds,
  queue_packets: z.number().positive().nullish(),
});

/** Seconds of the scenario's round trip: as measured, or else as set. */
export function roundTripOf(spec: z.output<typeof links>): number {
  const oneWay = spec.one_way_delay_per_access_link_ms ?? spec.delay_ms ?? 0;
  const milliseconds = spec.rtt_ms_no_queue ?? LINKS_OF_ROUND_TRIP * oneWay;
  return Math.max(BASE_ROUND_TRIP, milliseconds / 1000);
}

export function queueOf(spec: z.output<typeof links>): number {
  return spec.queue_packets ?? QUEUE_PACKETS;
}

/** The burst that the testbed gives a shaper: 20 ms at its rate, within 15,140 and 131,072 bytes. */
function usualBurst(rate: number): number {
  return Math.min(131_072, Math.max(15_140, 0.02 * rate));
}

/** A cap of so many Mbit/s. `given` tells the burst, or the burst by the cap, where the scenario does. */
export function capOf(
  megabits: number | null | undefined,
  given?: z.output<typeof bursts>,
): Cap | null {
  if (megabits === null || megabits === undefined) return null;
  const rate = megabits * BYTES_PER_MEGABIT;
  const told = typeof given === "number" ? given : given?.[String(megabits)];
  return { rate, burst: told ?? usualBurst(rate) };
}
