import { type Customers, NO_TRANSFER } from "../customers.ts";
import type { Receipt } from "../report.ts";
import type { InFlight, Progress, Sources, TransferReport } from "./in-flight.ts";
import { OwedReceipts } from "./owed-receipts.ts";
import { SharedUplink } from "./shared-uplink.ts";
import { OPEN, OVER, PASSED, Transfers } from "./transfers.ts";

/**
 * Transfers in flight, kept by request. They end by evidence, strongest first:
 *
 * 1. a receipt of the volunteer, which names the transfer;
 * 2. the number that it announces to be sending: those with the least left are over, or those that
 *    were presumed to be over last are not, or others have sent customers there too;
 * 3. its announced totals, shared among the transfers as an uplink is;
 * 4. the customer's next request: it runs no more downloads at once than it has been seen to run, one
 *    until a request for another file comes sooner than the earlier download can have ended;
 * 5. an estimate: processor sharing on the rate that the volunteer has shown.
 */
export class InFlightByRequest implements InFlight {
  readonly sources: Sources = { reports: true, redirects: true };
  readonly #customers: Customers;
  readonly #transfers = new Transfers();
  readonly #uplinks: SharedUplink[] = [];
  readonly #claims: number[] = [];
  /** Of the volunteers that have ever sent receipts. */
  readonly #owed: (OwedReceipts | undefined)[] = [];
  readonly #listener = {
    passed: (transfer: number) => {
      this.#transfers.state[transfer] = PASSED;
    },
    resumed: (transfer: number) => {
      this.#transfers.state[transfer] = OPEN;
    },
  };

  constructor(customers: Customers) {
    this.#customers = customers;
  }

  register(volunteer: number, claim: number, now: number): void {
    const uplink = this.#uplinks[volunteer];
    if (uplink === undefined) {
      this.#uplinks[volunteer] = new SharedUplink(claim, this.#listener);
    } else if (claim !== this.#claims[volunteer]) {
      uplink.advance(now);
      uplink.reclaim(claim);
    }
    this.#claims[volunteer] = claim;
  }

  at(volunteer: number): SharedUplink {
    return this.#uplinks[volunteer];
  }

  asked(customer: number, file: number, now: number, onPassed: (volunteer: number) => void): void {
    const transfers = this.#transfers;
    const { width, transfer: latest } = this.#customers;
    let running = 0;
    let open = 0;
    for (let at = latest[customer]; at !== NO_TRANSFER; at = transfers.next[at]) {
      const volunteer = transfers.volunteer[at];
      this.#uplinks[volunteer].advance(now);
      if (transfers.file[at] === file)
        this.#end(at); // It asks again: the first try is over.
      else if (transfers.state[at] === OPEN) {
        open++;
        const least = transfers.size[at] / this.#claims[volunteer];
        if (now - transfers.startedAt[at] < least) running++;
      }
    }
    if (running >= width[customer]) width[customer] = running + 1;
    for (; open >= width[customer]; open--) this.#endNearest(customer, now);
    this.#moveOn(customer, file, onPassed);
  }

  /** Ends the open transfer of the customer that is nearest to its end. */
  #endNearest(customer: number, now: number): void {
    const transfers = this.#transfers;
    let nearest = NO_TRANSFER;
    let least = Number.POSITIVE_INFINITY;
    for (let at = this.#customers.transfer[customer]; at !== NO_TRANSFER; at = transfers.next[at]) {
      if (transfers.state[at] !== OPEN) continue;
      const seconds = this.#uplinks[transfers.volunteer[at]].secondsLeft(at);
      if (seconds >= least) continue;
      nearest = at;
      least = seconds;
    }
    if (nearest === NO_TRANSFER) return;
    if (this.#customers.width[customer] === 1) this.#measure(nearest, now);
    this.#end(nearest);
  }

  /** Forgets the customer's transfers that are not in flight. */
  #moveOn(customer: number, file: number, onPassed: (volunteer: number) => void): void {
    const transfers = this.#transfers;
    let newer = NO_TRANSFER;
    for (let at = this.#customers.transfer[customer]; at !== NO_TRANSFER; ) {
      const next = transfers.next[at];
      if (transfers.state[at] === OPEN) newer = at;
      else {
        if (transfers.file[at] !== file) onPassed(transfers.volunteer[at]);
        this.#end(at);
        this.#unlink(customer, at, newer);
      }
      at = next;
    }
  }

  begin(customer: number, file: number, size: number, volunteer: number, now: number): void {
    const uplink = this.#uplinks[volunteer];
    const next = this.#customers.transfer[customer];
    uplink.advance(now);
    const at = this.#transfers.add(customer, file, volunteer, size, next);
    this.#customers.transfer[customer] = at;
    uplink.begin(at, size);
    this.#transfers.startedAt[at] = now;
    this.#transfers.sharers[at] = uplink.count + uplink.foreign;
  }

  failed(customer: number, file: number, volunteer: number, now: number): void {
    const transfers = this.#transfers;
    this.#uplinks[volunteer].advance(now);
    let newer = NO_TRANSFER;
    for (let at = this.#customers.transfer[customer]; at !== NO_TRANSFER; at = transfers.next[at]) {
      if (transfers.file[at] === file && transfers.volunteer[at] === volunteer) {
        this.#end(at);
        this.#unlink(customer, at, newer);
        return;
      }
      newer = at;
    }
  }

  report(volunteer: number, report: TransferReport, progress: Progress | null, now: number): void {
    const uplink = this.#uplinks[volunteer];
    uplink.advance(now);
    uplink.foreign = 0;
    if (report.started) {
      for (const transfer of uplink.all()) this.#end(transfer);
      uplink.settle();
      return;
    }
    if (progress !== null) this.#correct(uplink, volunteer, progress);
    if (report.receipts !== undefined) this.#match(uplink, volunteer, report.receipts, progress);
    if (report.active !== undefined) this.#count(uplink, report.active, now);
    uplink.settle();
    this.#owed[volunteer]?.age();
  }

  #correct(uplink: SharedUplink, volunteer: number, { uploaded, seconds, since }: Progress): void {
    uplink.correct(Math.min(uploaded, this.#claims[volunteer] * seconds));
    if (uploaded > 0 || uplink.isQuiet) return;
    // Nothing in a whole interval: what was in flight before it will never be fetched. The server is
    // not told when a customer gives up, so that it would be counted for ever.
    for (const transfer of uplink.all()) {
      if (this.#transfers.startedAt[transfer] <= since) this.#end(transfer);
    }
  }

  /** Ends what the receipts name. Of what they do not name, nothing is over. */
  #match(
    uplink: SharedUplink,
    volunteer: number,
    receipts: readonly Receipt[],
    progress: Progress | null,
  ): void {
    const transfers = this.#transfers;
    const owed = this.#owed[volunteer] ?? new OwedReceipts();
    this.#owed[volunteer] = owed;
    let foreignBytes = 0;
    for (const { customer, file, bytes, endedAt } of receipts) {
      const transfer = this.#oldest(volunteer, customer, file);
      if (transfer === NO_TRANSFER) {
        if (!owed.pay(customer, file)) foreignBytes += bytes;
        continue;
      }
      if (bytes >= transfers.size[transfer]) this.#measure(transfer, endedAt);
      this.#conclude(transfer);
    }
    for (const { transfer, size } of uplink.passed.slice()) {
      if (transfers.resumed[transfer] === MOST_RESUMED) continue;
      transfers.resumed[transfer]++;
      uplink.resume(transfer, RESUMED_SHARE * size);
    }
    const rate = progress === null ? 0 : foreignBytes / progress.seconds;
    uplink.foreign = Math.round((rate / uplink.rate) * Math.max(1, uplink.count));
  }

  /** As many are in flight as the volunteer says, but for those that may not have reached it yet. */
  #count(uplink: SharedUplink, active: number, now: number): void {
    const { startedAt } = this.#transfers;
    const there = uplink.inFlight().filter((transfer) => now - startedAt[transfer] >= GRACE);
    for (const transfer of there.slice(0, Math.max(0, there.length - active))) this.#end(transfer);
    while (uplink.count < active) {
      const last = uplink.passed.at(-1);
      if (last === undefined) break;
      uplink.resume(last.transfer, RESUMED_SHARE * last.size);
    }
    uplink.foreign = Math.max(0, active - uplink.count);
  }

  /** The oldest transfer of the pair that is not known to be over. */
  #oldest(volunteer: number, customer: number, file: number): number {
    const transfers = this.#transfers;
    const place = this.#customers.find(customer);
    let oldest = NO_TRANSFER;
    if (place === undefined) return oldest;
    for (let at = this.#customers.transfer[place]; at !== NO_TRANSFER; at = transfers.next[at]) {
      const isOfPair = transfers.volunteer[at] === volunteer && transfers.file[at] === file;
      if (isOfPair && transfers.state[at] !== OVER) oldest = at;
    }
    return oldest;
  }

  /** The transfer has ended just then: what that tells of the volunteer's rate. */
  #measure(transfer: number, endedAt: number): void {
    const { volunteer, size, startedAt, sharers } = this.#transfers;
    const uplink = this.#uplinks[volunteer[transfer]];
    const between = (sharers[transfer] + uplink.count + uplink.foreign) / 2;
    uplink.learnFrom(size[transfer], endedAt - startedAt[transfer], between);
  }

  /** The transfer is over by other evidence than a receipt, which is still to come. */
  #end(transfer: number): void {
    const { state, volunteer, customer, file } = this.#transfers;
    if (state[transfer] === OVER) return;
    const owed = this.#owed[volunteer[transfer]];
    owed?.owe(this.#customers.numberOf(customer[transfer]), file[transfer]);
    this.#conclude(transfer);
  }

  #conclude(transfer: number): void {
    this.#transfers.state[transfer] = OVER;
    this.#uplinks[this.#transfers.volunteer[transfer]].end(transfer);
  }

  #unlink(customer: number, transfer: number, newer: number): void {
    const next = this.#transfers.next[transfer];
    if (newer === NO_TRANSFER) this.#customers.transfer[customer] = next;
    else this.#transfers.next[newer] = next;
    this.#transfers.remove(transfer);
  }

  forget(customer: number, now: number): void {
    for (let at = this.#customers.transfer[customer]; at !== NO_TRANSFER; ) {
      const next = this.#transfers.next[at];
      this.#uplinks[this.#transfers.volunteer[at]].advance(now);
      this.#end(at);
      this.#transfers.remove(at);
      at = next;
    }
    this.#customers.transfer[customer] = NO_TRANSFER;
  }

  save() {
    return {
      transfers: this.#transfers.save(),
      claims: [...this.#claims],
      owed: this.#claims.map((_, volunteer) => this.#owed[volunteer]?.save() ?? null),
      uplinks: this.#uplinks.map((uplink) => uplink.save()),
    };
  }

  load(saved: ReturnType<InFlightByRequest["save"]>): void {
    this.#transfers.load(saved.transfers);
    for (const [volunteer, claim] of saved.claims.entries()) {
      this.register(volunteer, claim, Number.NEGATIVE_INFINITY);
      this.#uplinks[volunteer].load(saved.uplinks[volunteer]);
      const owed = saved.owed[volunteer];
      if (owed === null) continue;
      this.#owed[volunteer] = new OwedReceipts();
      this.#owed[volunteer]?.load(owed);
    }
  }
}

/** Part of its size that a transfer is taken to have left when it has outlived its estimate. */
const RESUMED_SHARE = 0.25;

/** Seconds in which a customer that was redirected reaches the volunteer. */
const GRACE = 0.5;

/** Reports after which a transfer without a receipt is given up: its customer never came. */
const MOST_RESUMED = 100;
