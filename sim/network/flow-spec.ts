import { assert } from "../engine/assert.ts";
import type { LinkId } from "./link-table.ts";

export type FlowId = number;

/** A path crosses at most this many links. */
export const MAX_HOPS = 8;

/** Flows of priority 0 are served first; those of a later one get what the earlier ones leave. */
const LAST_PRIORITY = 3;

export interface FlowSpec {
  /** Links crossed, each once. */
  readonly path: readonly LinkId[];
  readonly bytes: number;
  /** Share of a link against other flows. */
  readonly weight: number;
  /** Bytes per second at most; may be `Infinity` if the path has a link. */
  readonly cap: number;
  /** As returned by `Network.purpose`. */
  readonly purpose: number;
  readonly owner: number;
  /** Whole number from 0, the highest and the default, to `LAST_PRIORITY`. */
  readonly priority?: number;
  /** Seconds of a round trip past empty queues. If given, the weight is divided by the round trip. */
  readonly roundTrip?: number | undefined;
  /** Whether all bytes are sent at once, as in a round of slow start. */
  readonly atOnce?: boolean;
  /** Links that the ACKs cross, and their bytes for each byte of data. */
  readonly acks?: { readonly path: readonly LinkId[]; readonly share: number } | undefined;
}

/** Whether a flow depends on others, or they on it, by more than the links of its data. */
export function isCoupled({ priority = 0, roundTrip, acks }: FlowSpec): boolean {
  return priority > 0 || roundTrip !== undefined || acks !== undefined;
}

/** The texts of what is wrong take longer to make than a flow to start, and are made when needed. */
export function assertStartable(spec: FlowSpec): void {
  if (!isStartable(spec)) reject(spec);
}

function isStartable({
  path,
  bytes,
  weight,
  cap,
  priority = 0,
  acks,
  roundTrip,
}: FlowSpec): boolean {
  return (
    bytes > 0 &&
    bytes < Number.POSITIVE_INFINITY &&
    weight > 0 &&
    cap > 0 &&
    path.length <= MAX_HOPS &&
    (path.length > 0 || cap < Number.POSITIVE_INFINITY) &&
    isPriority(priority) &&
    (roundTrip === undefined || roundTrip >= 0) &&
    (acks === undefined || areAcks(acks))
  );
}

function isPriority(priority: number): boolean {
  return Number.isInteger(priority) && priority >= 0 && priority <= LAST_PRIORITY;
}

function areAcks({ path, share }: NonNullable<FlowSpec["acks"]>): boolean {
  return path.length <= MAX_HOPS && share >= 0 && share < 1;
}

function reject({ path, bytes, weight, cap, priority = 0, acks, roundTrip }: FlowSpec): never {
  assert(bytes > 0 && bytes < Number.POSITIVE_INFINITY, `invalid bytes: ${bytes}`);
  assert(weight > 0 && cap > 0, `invalid weight or cap: ${weight}, ${cap}`);
  assert(path.length <= MAX_HOPS, `path of ${path.length} links; at most ${MAX_HOPS}`);
  assert(path.length > 0 || Number.isFinite(cap), "a flow needs a link or a cap");
  const known = `not in [0, ${LAST_PRIORITY}]`;
  assert(isPriority(priority), `invalid priority: ${priority}; ${known}`);
  assert(roundTrip === undefined || roundTrip >= 0, `invalid round trip: ${roundTrip}`);
  const back = acks?.path.length ?? 0;
  assert(back <= MAX_HOPS, `ACKs over ${back} links; at most ${MAX_HOPS}`);
  throw new Error(`invalid share of ACKs: ${acks?.share}`);
}
