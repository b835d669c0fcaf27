import { assert } from "../engine/assert.ts";
import { MAX_HOPS } from "./flow-table.ts";
import type { LinkId } from "./link-table.ts";

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
  readonly roundTrip?: number;
  /** Whether all bytes are sent at once, as in a round of slow start. */
  readonly atOnce?: boolean;
  /** Links that the ACKs cross, and their bytes for each byte of data. */
  readonly acks?: { readonly path: readonly LinkId[]; readonly share: number };
}

/** Whether a flow depends on others, or they on it, by more than the links of its data. */
export function isCoupled({ priority = 0, roundTrip, acks }: FlowSpec): boolean {
  return priority > 0 || roundTrip !== undefined || acks !== undefined;
}

export function assertStartable({
  path,
  bytes,
  weight,
  cap,
  priority = 0,
  acks,
  roundTrip,
}: FlowSpec): void {
  assert(bytes > 0 && bytes < Number.POSITIVE_INFINITY, `invalid bytes: ${bytes}`);
  assert(weight > 0 && cap > 0, `invalid weight or cap: ${weight}, ${cap}`);
  assert(path.length <= MAX_HOPS, `path of ${path.length} links; at most ${MAX_HOPS}`);
  assert(path.length > 0 || Number.isFinite(cap), "a flow needs a link or a cap");
  const isPriority = Number.isInteger(priority) && priority >= 0 && priority <= LAST_PRIORITY;
  assert(isPriority, `invalid priority: ${priority}; not in [0, ${LAST_PRIORITY}]`);
  assert(roundTrip === undefined || roundTrip >= 0, `invalid round trip: ${roundTrip}`);
  if (acks === undefined) return;
  assert(acks.path.length <= MAX_HOPS, `ACKs over ${acks.path.length} links; at most ${MAX_HOPS}`);
  assert(acks.share >= 0 && acks.share < 1, `invalid share of ACKs: ${acks.share}`);
}
