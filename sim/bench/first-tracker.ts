import {
  type Candidate,
  type DispatchView,
  PLAIN_VOLUNTEER,
  UNKNOWN_CLIENT,
} from "../policies/index.ts";

/**
 * What the first version knew of its volunteers, kept to measure what a decision costs beside it: one
 * transfer in flight a customer, ended by its next request, and totals of announces. Everybody is on
 * line and has every file.
 */
export class FirstTracker {
  readonly #states: FirstVolunteer[];
  /** A bit for each volunteer, by file. */
  readonly #listed: Uint32Array;
  readonly #words: number;
  readonly #lastOf: Int32Array;
  readonly #lastAt: Float64Array;
  readonly #found: FirstVolunteer[] = [];
  readonly #client = { ...UNKNOWN_CLIENT };
  readonly #view: { -readonly [Name in keyof DispatchView]: DispatchView[Name] };

  constructor(volunteers: number, files: number, customers: number) {
    this.#states = Array.from({ length: volunteers }, (_, node) => new FirstVolunteer(node));
    this.#words = Math.ceil(volunteers / 32);
    this.#listed = new Uint32Array(files * this.#words).fill(0xffffffff);
    this.#lastOf = new Int32Array(customers).fill(-1);
    this.#lastAt = new Float64Array(customers).fill(Number.NEGATIVE_INFINITY);
    this.#view = {
      ...{ now: 0, file: 0, size: 0, customer: 0, count: 0 },
      client: this.#client,
      candidates: this.#found,
      server: { uplink: 1e7, sending: 0 },
    };
  }

  /** The view of a customer that asks now. */
  asked(customer: number, file: number, size: number, now: number): DispatchView {
    const last = this.#lastOf[customer];
    if (last >= 0) this.#states[last].end(customer);
    const view = this.#view;
    view.count = this.#candidates(file, now);
    this.#client.lastNode = last;
    this.#client.lastAt = this.#lastAt[customer];
    view.now = now;
    view.file = file;
    view.size = size;
    view.customer = customer;
    for (const state of this.#states) state.asked(size, now);
    return view;
  }

  #candidates(file: number, now: number): number {
    let count = 0;
    for (let node = 0; node < this.#states.length; node++) {
      if ((this.#listed[file * this.#words + (node >>> 5)] & (1 << (node & 31))) === 0) continue;
      const state = this.#states[node];
      if (now - state.reportedAt > TIMEOUT) continue;
      this.#found[count++] = state;
    }
    this.#found.length = count;
    return count;
  }

  sent(customer: number, node: number, size: number, now: number): void {
    this.#states[node].begin(customer, size);
    this.#lastOf[customer] = node;
    this.#lastAt[customer] = now;
  }

  report(node: number, uploaded: number, now: number): void {
    this.#states[node].report(uploaded, now);
  }
}

const TIMEOUT = 1e9;

class FirstVolunteer implements Candidate {
  readonly node: number;
  readonly belief = "listed";
  readonly uplink = 1e6;
  readonly rate = 1e6;
  readonly shared = Number.POSITIVE_INFINITY;
  readonly foreign = 0;
  readonly facts = PLAIN_VOLUNTEER;
  reportedAt = 0;
  uploadRate = 0;
  syncRate = 0;
  left = 0;
  uploaded = 0;
  pending = 0;
  redirected = 0;
  given = 0;
  readonly #customers: number[] = [];
  readonly #marks: number[] = [];
  #share = 0;
  #size = 0;
  #now = 0;

  constructor(node: number) {
    this.node = node;
  }

  get transfers(): number {
    return this.#customers.length;
  }
  get backlog(): number {
    const sent = this.uplink * (this.#now - this.reportedAt);
    return Math.max(0, this.pending + this.redirected - sent);
  }
  get ahead(): number {
    return Math.min(this.#customers.length * this.#size, this.backlog);
  }

  asked(size: number, now: number): void {
    this.#size = size;
    this.#now = now;
  }

  begin(customer: number, size: number): void {
    this.redirected += size;
    this.given += size;
    this.#customers.push(customer);
    this.#marks.push(this.#share + size);
  }

  end(customer: number): void {
    const at = this.#customers.indexOf(customer);
    if (at >= 0) this.#remove(at);
  }

  report(uploaded: number, now: number): void {
    const sent = uploaded - this.uploaded;
    this.uploadRate = sent / (now - this.reportedAt);
    this.pending = Math.max(0, this.pending + this.redirected - sent);
    this.redirected = 0;
    this.uploaded = uploaded;
    this.reportedAt = now;
    let left = sent;
    while (left > 0 && this.#marks.length > 0) {
      const next = this.#marks.reduce((least, mark) => Math.min(least, mark));
      const needed = (next - this.#share) * this.#marks.length;
      if (needed > left) {
        this.#share += left / this.#marks.length;
        return;
      }
      left -= needed;
      this.#share = next;
      for (let at = this.#marks.length - 1; at >= 0; at--) {
        if (this.#marks[at] <= next) this.#remove(at);
      }
    }
  }

  #remove(at: number): void {
    this.#customers.splice(at, 1);
    this.#marks.splice(at, 1);
  }
}
