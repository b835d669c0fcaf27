import { SERVER } from "../../policies/index.ts";
import { refill } from "../columns.ts";
import type { InFlight, Progress, TransferReport, UplinkLoad } from "./in-flight.ts";

/**
 * The rule of the first version, kept for comparison: a customer's next request is taken for the end
 * of its last download, whoever runs several at once, and the announced totals end the others, shared
 * equally among the transfers in flight.
 */
export class InFlightByNextRequest implements InFlight {
  readonly sources = { reports: true, redirects: true };
  readonly #of: NextRequestLoad[] = [];
  /** By customer's place: whom it was last sent to. */
  readonly #lastOf = new Map<number, number>();

  register(volunteer: number, claim: number): void {
    this.#of[volunteer] ??= new NextRequestLoad();
    this.#of[volunteer].rate = claim;
  }

  at(volunteer: number): NextRequestLoad {
    return this.#of[volunteer];
  }

  asked(customer: number, _file: number, _now: number, onPassed: (node: number) => void): void {
    const last = this.#take(customer);
    if (last !== SERVER) onPassed(last);
  }

  /** Ends the customer's last transfer; returns whom it was sent to. */
  #take(customer: number): number {
    const last = this.#lastOf.get(customer);
    if (last === undefined) return SERVER;
    this.#lastOf.delete(customer);
    this.#of[last].end(customer);
    return last;
  }

  begin(customer: number, _file: number, size: number, volunteer: number): void {
    this.#of[volunteer].begin(customer, size);
    this.#lastOf.set(customer, volunteer);
  }

  failed(customer: number, _file: number, _volunteer: number): void {
    this.#take(customer);
  }

  report(volunteer: number, report: TransferReport, progress: Progress | null, now: number): void {
    this.#of[volunteer].report(report.started ? null : (progress?.uploaded ?? 0), now);
  }

  forget(customer: number): void {
    this.#take(customer);
  }

  save() {
    return { of: this.#of.map((of) => of.save()), lastOf: [...this.#lastOf] };
  }

  load(saved: ReturnType<InFlightByNextRequest["save"]>): void {
    for (const [volunteer, of] of saved.of.entries()) {
      this.register(volunteer, of.rate);
      this.#of[volunteer].load(of);
    }
    this.#lastOf.clear();
    for (const [customer, volunteer] of saved.lastOf) this.#lastOf.set(customer, volunteer);
  }
}

/** What one volunteer is believed to be sending. Bytes, seconds. */
class NextRequestLoad implements UplinkLoad {
  rate = 0;
  readonly foreign = 0;
  /** Of each transfer: its customer's place, and the share at which it is over. */
  readonly #customers: number[] = [];
  readonly #marks: number[] = [];
  /** Bytes that a transfer in flight from the beginning would have got. */
  #share = 0;
  /** Redirected and not announced to be uploaded. */
  #unsent = 0;
  #reportedAt = 0;

  get transfers(): number {
    return this.#marks.length;
  }

  refresh(): void {}

  /** What was redirected and not announced to be uploaded, less what its uplink has moved since. */
  ahead(size: number, now: number): number {
    if (this.#marks.length === 0) return 0;
    const backlog = Math.max(0, this.#unsent - this.rate * (now - this.#reportedAt));
    return Math.min(this.#marks.length * size, backlog);
  }

  begin(customer: number, size: number): void {
    this.#customers.push(customer);
    this.#marks.push(this.#share + size);
    this.#unsent += size;
  }

  /** The customer has moved on: its oldest transfer here is over. */
  end(customer: number): void {
    const at = this.#customers.indexOf(customer);
    if (at >= 0) this.#remove(at);
  }

  /** The volunteer has announced itself, and uploaded so many bytes more; `null` if it comes back. */
  report(uploaded: number | null, now: number): void {
    this.#reportedAt = now;
    this.#unsent = uploaded === null ? 0 : Math.max(0, this.#unsent - uploaded);
    if (uploaded !== null) this.#spread(uploaded);
    else {
      this.#customers.length = 0;
      this.#marks.length = 0;
    }
  }

  /** The volunteer has uploaded `bytes` more, which its transfers shared equally. */
  #spread(bytes: number): void {
    const marks = this.#marks;
    let left = bytes;
    while (left > 0 && marks.length > 0) {
      const next = marks.reduce((least, mark) => Math.min(least, mark));
      const needed = (next - this.#share) * marks.length;
      if (needed > left) {
        this.#share += left / marks.length;
        return;
      }
      left -= needed;
      this.#share = next;
      for (let at = marks.length - 1; at >= 0; at--) if (marks[at] <= next) this.#remove(at);
    }
  }

  #remove(at: number): void {
    this.#customers.splice(at, 1);
    this.#marks.splice(at, 1);
  }

  save() {
    return {
      rate: this.rate,
      customers: [...this.#customers],
      marks: [...this.#marks],
      share: this.#share,
      unsent: this.#unsent,
      reportedAt: this.#reportedAt,
    };
  }

  load(saved: ReturnType<NextRequestLoad["save"]>): void {
    refill(this.#customers, saved.customers);
    refill(this.#marks, saved.marks);
    this.#share = saved.share;
    this.#unsent = saved.unsent;
    this.#reportedAt = saved.reportedAt;
  }
}
