import { totalmem } from "node:os";
import { InputError } from "../engine/input-error.ts";
import { parseQuantity } from "../experiment/config/quantity.ts";
import type { WorkloadSize } from "../workload/workload-size.ts";

/**
 * Bytes that a run takes, by `sim/bench/memory-run.ts` on Node 20: each is the growth of the most that
 * the process had, with the count of one thing alone grown.
 */
export const BYTES = {
  /** Before anything is run: Node and the program; and for each thread. */
  process: 100e6,
  thread: 50e6,
  /** With its path; apart from that a bit for each volunteer, which may hold it. */
  file: 130,
  fileAtVolunteer: 1 / 8,
  customer: 800,
  volunteer: 14_000,
  /** With its visit, of which it may be the only one. */
  request: 140,
  /** A transfer under way, with its connection. */
  transfer: 2000,
} as const;

/** Transfers under way at once, for each request of a run, when many come within hours. */
const AT_ONCE = 1 / 100;

/** The largest run of an experiment, and how many are made at once. */
export interface Footprint extends WorkloadSize {
  readonly volunteers: number;
  readonly threads: number;
}

/** Bytes that an experiment is expected to take at the most. */
export function memoryEstimate(footprint: Footprint): number {
  const { files, customers, requests, volunteers, threads } = footprint;
  const run =
    files * (BYTES.file + volunteers * BYTES.fileAtVolunteer) +
    customers * BYTES.customer +
    volunteers * BYTES.volunteer +
    requests * (BYTES.request + AT_ONCE * BYTES.transfer);
  return BYTES.process + threads * (BYTES.thread + run);
}

/**
 * Refuses an experiment that would not fit, before it has run for hours.
 *
 * @throws InputError with the estimate and what can be done.
 */
export function checkMemory(footprint: Footprint, limit: number): void {
  const needed = memoryEstimate(footprint);
  if (needed <= limit) return;
  const { files, customers, requests, volunteers, threads } = footprint;
  const alone = memoryEstimate({ ...footprint, threads: 1 });
  const fitting = Math.floor((limit - BYTES.process) / (alone - BYTES.process));
  const remedy =
    fitting >= 1
      ? `--jobs ${fitting} fits`
      : "fewer customers or requests fit, or a larger --max-memory if you know better";
  throw new InputError([
    `expected a run that fits into ${gigabytes(limit)} of memory; got one of about ` +
      `${gigabytes(needed)}: ${threads} at once of ${files} files, ${volunteers} volunteers, ` +
      `${customers} customers and ${requests} requests; ${remedy}`,
  ]);
}

/**
 * Bytes that may be used: as typed, or what the machine has, or its container.
 *
 * @throws InputError when what was typed is no size.
 */
export function memoryLimit(typed: string | undefined): number {
  if (typed === undefined) {
    const constrained = process.constrainedMemory();
    return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  }
  const read = parseQuantity(typed, "size");
  if ("value" in read && read.value > 0) return read.value;
  throw new InputError([`--max-memory: expected a size such as 8 GB; got ${typed}`]);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(2)} GB`;
}
