import type { InFlight, Progress, Sources, TransferReport } from "./in-flight.ts";

/**
 * What one of several redirectors believes, none of which knows the others' redirects: that they send
 * as much as it does. So it counts on an equal part of each uplink. What a volunteer announces to have
 * uploaded, or to be sending, is everybody's, and tells nothing of its own transfers, unless it is
 * nothing; of receipts it heeds its own. A rule that knows of no redirects takes its part of the totals.
 *
 * Counting on the whole of each uplink instead, all redirectors send everybody to the fastest volunteer,
 * and take the bytes that it sent for others for the end of their own transfers.
 */
export class PartOfUplinks implements InFlight {
  readonly #inFlight: InFlight;
  readonly #parts: number;

  /** `parts`: redirectors that share each uplink. */
  constructor(inFlight: InFlight, parts: number) {
    this.#inFlight = inFlight;
    this.#parts = parts;
  }

  get sources(): Sources {
    return this.#inFlight.sources;
  }

  register(volunteer: number, claim: number, now: number): void {
    this.#inFlight.register(volunteer, claim / this.#parts, now);
  }

  report(
    volunteer: number,
    { started, receipts }: TransferReport,
    progress: Progress | null,
    now: number,
  ): void {
    const isTold = progress !== null && (progress.uploaded === 0 || !this.sources.redirects);
    const own = isTold ? { ...progress, uploaded: progress.uploaded / this.#parts } : null;
    this.#inFlight.report(volunteer, { started }, own, now);
    // Without progress, so that those of others do not count as downloads beside.
    if (receipts !== undefined) {
      this.#inFlight.report(volunteer, { started: false, receipts }, null, now);
    }
  }

  asked(customer: number, file: number, now: number, onPassed: (volunteer: number) => void): void {
    this.#inFlight.asked(customer, file, now, onPassed);
  }

  begin(customer: number, file: number, size: number, volunteer: number, now: number): void {
    this.#inFlight.begin(customer, file, size, volunteer, now);
  }

  failed(customer: number, file: number, volunteer: number, now: number): void {
    this.#inFlight.failed(customer, file, volunteer, now);
  }

  forget(customer: number, now: number): void {
    this.#inFlight.forget(customer, now);
  }

  at(volunteer: number) {
    return this.#inFlight.at(volunteer);
  }

  save(): unknown {
    return this.#inFlight.save();
  }

  load(saved: unknown): void {
    this.#inFlight.load(saved);
  }
}
