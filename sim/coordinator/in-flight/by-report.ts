import { refill } from "../columns.ts";
import { InFlightByNothing } from "./by-nothing.ts";
import type { Progress, TransferReport, UplinkLoad } from "./in-flight.ts";

/**
 * Each volunteer as it was at its last report, and nothing since: a bulletin board that is as old as the
 * report (Mitzenmacher, How Useful Is Old Information?, 2000). What was redirected up to a report and
 * is not among the announced totals is in flight until the next one; receipts are not heeded.
 */
export class InFlightByReport extends InFlightByNothing {
  override readonly sources = { reports: true, redirects: false };
  readonly #uplinks: ReportedUplink[] = [];

  override register(volunteer: number, claim: number): void {
    this.#uplinks[volunteer] ??= new ReportedUplink(claim);
    this.#uplinks[volunteer].claim = claim;
  }

  override at(volunteer: number): UplinkLoad {
    return this.#uplinks[volunteer];
  }

  override begin(
    customer: number,
    file: number,
    size: number,
    volunteer: number,
    now: number,
  ): void {
    super.begin(customer, file, size, volunteer, now);
    this.#uplinks[volunteer].begin(size);
  }

  override report(volunteer: number, report: TransferReport, progress: Progress | null): void {
    this.#uplinks[volunteer].report(report, progress);
  }

  override save() {
    return { ...super.save(), uplinks: this.#uplinks.map((uplink) => uplink.save()) };
  }

  override load({ uplinks, lastOf }: ReturnType<InFlightByReport["save"]>): void {
    super.load({ lastOf });
    for (const [volunteer, saved] of uplinks.entries()) {
      this.register(volunteer, saved.claim);
      this.#uplinks[volunteer].load(saved);
    }
  }
}

/** What one volunteer was sending at its last report. Bytes, bytes per second. */
class ReportedUplink implements UplinkLoad {
  foreign = 0;
  #claim: number;
  #rate: number;
  /** What each transfer had left, in ascending order. */
  readonly #left: number[] = [];
  /** Those that were redirected since: not known before the next report. */
  readonly #untold: number[] = [];

  constructor(claim: number) {
    this.#claim = claim;
    this.#rate = claim;
  }

  get transfers(): number {
    return this.#left.length + this.foreign;
  }

  get rate(): number {
    return this.#rate;
  }

  set claim(bytesPerSecond: number) {
    if (bytesPerSecond > this.#claim && this.#rate === this.#claim) this.#rate = bytesPerSecond;
    this.#claim = bytesPerSecond;
    this.#rate = Math.min(this.#rate, bytesPerSecond);
  }

  refresh(): void {}

  ahead(size: number): number {
    let sum = size === Number.POSITIVE_INFINITY ? 0 : this.foreign * size;
    for (const left of this.#left) sum += Math.min(left, size);
    return sum;
  }

  begin(size: number): void {
    this.#untold.push(size);
  }

  report({ started, active }: TransferReport, progress: Progress | null): void {
    const wasBusy = this.#left.length > 0;
    if (started) {
      this.#left.length = 0;
      this.#untold.length = 0;
    }
    // Nothing in a whole interval: what was in flight before it will never be fetched.
    if (progress?.uploaded === 0) this.#left.length = 0;
    this.#left.push(...this.#untold);
    this.#untold.length = 0;
    this.#left.sort((a, b) => a - b);
    if (progress !== null) this.#move(progress, wasBusy);
    if (active === undefined) return;
    this.#left.splice(0, this.#left.length - active); // Those with the least left are over.
    this.foreign = active - this.#left.length;
  }

  /** What was uploaded is shared equally, and tells the rate where the volunteer was busy throughout. */
  #move({ uploaded, seconds }: Progress, wasBusy: boolean): void {
    const left = this.#left;
    let over = 0;
    let share = 0;
    for (let bytes = Math.min(uploaded, this.#claim * seconds); over < left.length; over++) {
      const sharers = left.length - over;
      const needed = (left[over] - share) * sharers;
      if (bytes < needed) {
        share += bytes / sharers;
        break;
      }
      bytes -= needed;
      share = left[over];
    }
    left.splice(0, over);
    for (let at = 0; at < left.length; at++) left[at] -= share;
    const shown = uploaded / seconds;
    const isBusy = wasBusy && left.length > 0;
    if (shown > this.#rate || isBusy) {
      this.#rate = Math.max(LEAST_SHARE * this.#claim, Math.min(shown, this.#claim));
    }
  }

  save() {
    return {
      ...{ claim: this.#claim, rate: this.#rate, foreign: this.foreign },
      ...{ left: [...this.#left], untold: [...this.#untold] },
    };
  }

  load(saved: ReturnType<ReportedUplink["save"]>): void {
    this.#rate = saved.rate;
    this.foreign = saved.foreign;
    refill(this.#left, saved.left);
    refill(this.#untold, saved.untold);
  }
}

/** A volunteer is believed to send at least this share of its claim. */
const LEAST_SHARE = 0.01;
