import { SERVER } from "../../policies/index.ts";
import { refill } from "../columns.ts";
import type { InFlight, Progress, TransferReport } from "./in-flight.ts";

/**
 * The rule of the first version, kept for comparison: a customer's next request is taken for the end
 * of its last download, whoever runs several at once, and the announced totals end the others, shared
 * equally among the transfers in flight.
 */
export class InFlightByNextRequest implements InFlight {
  readonly #of: Volunteer[] = [];
  /** By customer's place: whom it was last sent to. */
  readonly #lastOf = new Map<number, number>();

  register(volunteer: number, claim: number): void {
    this.#of[volunteer] ??= { claim, customers: [], marks: [], share: 0, unsent: 0, reportedAt: 0 };
    this.#of[volunteer].claim = claim;
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
    const { customers } = this.#of[last];
    const at = customers.indexOf(customer);
    if (at >= 0) remove(this.#of[last], at);
    return last;
  }

  begin(customer: number, _file: number, size: number, volunteer: number): void {
    const of = this.#of[volunteer];
    of.customers.push(customer);
    of.marks.push(of.share + size);
    of.unsent += size;
    this.#lastOf.set(customer, volunteer);
  }

  failed(customer: number, _file: number, _volunteer: number): void {
    this.#take(customer);
  }

  report(volunteer: number, report: TransferReport, progress: Progress | null, now: number): void {
    const of = this.#of[volunteer];
    of.reportedAt = now;
    const uploaded = progress?.uploaded ?? 0;
    of.unsent = report.started ? 0 : Math.max(0, of.unsent - uploaded);
    if (report.started) for (let at = of.marks.length - 1; at >= 0; at--) remove(of, at);
    else spread(of, uploaded);
  }

  advance(): void {}

  forget(customer: number): void {
    this.#take(customer);
  }

  transfers(volunteer: number): number {
    return this.#of[volunteer].marks.length;
  }

  foreign(): number {
    return 0;
  }

  /** What was redirected and not announced to be uploaded, less what its uplink has moved since. */
  ahead(volunteer: number, size: number, now: number): number {
    const { claim, marks, unsent, reportedAt } = this.#of[volunteer];
    const backlog = Math.max(0, unsent - claim * (now - reportedAt));
    return marks.length === 0 ? 0 : Math.min(marks.length * size, backlog);
  }

  rate(volunteer: number): number {
    return this.#of[volunteer].claim;
  }

  save() {
    return {
      of: this.#of.map((of) => ({ ...of, customers: [...of.customers], marks: [...of.marks] })),
      lastOf: [...this.#lastOf],
    };
  }

  load(saved: ReturnType<InFlightByNextRequest["save"]>): void {
    const copies = saved.of.map((of) => ({
      ...of,
      customers: [...of.customers],
      marks: [...of.marks],
    }));
    refill(this.#of, copies);
    this.#lastOf.clear();
    for (const [customer, volunteer] of saved.lastOf) this.#lastOf.set(customer, volunteer);
  }
}

/** One volunteer. Bytes, seconds. */
interface Volunteer {
  claim: number;
  /** Of each transfer: its customer's place, and the share at which it is over. */
  readonly customers: number[];
  readonly marks: number[];
  /** Bytes that a transfer in flight from the beginning would have got. */
  share: number;
  /** Redirected and not announced to be uploaded. */
  unsent: number;
  reportedAt: number;
}

/** The volunteer has uploaded `bytes` more, which its transfers shared equally. */
function spread(of: Volunteer, bytes: number): void {
  let left = bytes;
  while (left > 0 && of.marks.length > 0) {
    const next = of.marks.reduce((least, mark) => Math.min(least, mark));
    const needed = (next - of.share) * of.marks.length;
    if (needed > left) {
      of.share += left / of.marks.length;
      return;
    }
    left -= needed;
    of.share = next;
    for (let at = of.marks.length - 1; at >= 0; at--) if (of.marks[at] <= next) remove(of, at);
  }
}

function remove({ customers, marks }: Volunteer, at: number): void {
  customers.splice(at, 1);
  marks.splice(at, 1);
}
