import { refill } from "../columns.ts";

/** Told by an uplink of transfers that it no longer counts. */
export interface UplinkListener {
  /** By the estimate, the transfer is over; it may be taken up again. */
  passed(transfer: number): void;
  /** The transfer was passed long ago: it will not be taken up again. */
  settled(transfer: number): void;
}

/**
 * What one volunteer is believed to be sending for the server, as processor sharing: all transfers in
 * flight get equal shares of its rate. A virtual clock tells the bytes that a transfer in flight from
 * the beginning would have got; a transfer is over when the clock reaches its mark, which is the clock
 * at its start plus its size. The marks stand in order, with their sums, so that what transfers have
 * left is summed up to any bound in O(log n).
 *
 * A transfer that the clock has passed is only presumed to be over. A report may show that it is not:
 * then the clock is turned back, or the transfer is taken up again.
 */
export class SharedUplink {
  /** Bytes per second that all transfers together get. */
  rate: number;
  /** Transfers in flight that are not the server's own, which share alike. */
  foreign = 0;
  readonly #claim: number;
  readonly #listener: UplinkListener;
  /** Those in flight, in ascending order of their marks, from `#first` to `#end`. */
  #marks = new Float64Array(8);
  #sizes = new Float64Array(8);
  #transfers = new Int32Array(8);
  /** The sum of the marks before each place. */
  #sums = new Float64Array(9);
  #first = 0;
  #end = 0;
  /** Presumed to be over since the last report, in ascending order of their marks. */
  readonly #passed: Passed[] = [];
  #clock = 0;
  /** Host time of the clock, in seconds. */
  #at = Number.NEGATIVE_INFINITY;

  // Since the last report.
  /** Bytes that own transfers are believed to have moved. */
  #moved = 0;
  /** Seconds in which some were in flight, and the sum of their numbers over these. */
  #busy = 0;
  #sharing = 0;
  /** Seconds since the last of them ended, where none is in flight. */
  #idle = 0;

  /** `claim`: bytes per second that the volunteer says it can send. */
  constructor(claim: number, listener: UplinkListener) {
    this.#claim = claim;
    this.rate = claim;
    this.#listener = listener;
  }

  /** Own transfers in flight. */
  get count(): number {
    return this.#end - this.#first;
  }

  /** Transfers that shared the uplink since the last report, while any did, in the mean. */
  get sharers(): number {
    return this.#busy > 0 ? this.#sharing / this.#busy : 0;
  }

  /** Those presumed to be over since the last report, the latest last. */
  get passed(): readonly Passed[] {
    return this.#passed;
  }

  /** The sum over own transfers of what they have left, each counted up to `size` bytes. O(log n). */
  ahead(size: number): number {
    let low = this.#first;
    let high = this.#end;
    if (low === high) return 0;
    const bound = this.#clock + size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#marks[middle] <= bound) low = middle + 1;
      else high = middle;
    }
    const small = low - this.#first;
    const whole = this.#sums[low] - this.#sums[this.#first] - small * this.#clock;
    const others = this.#end - low;
    return others === 0 ? whole : whole + others * size;
  }

  /** Bytes that the transfer has left; 0 for one that is not in flight. */
  left(transfer: number): number {
    const at = this.#placeOf(transfer);
    return at < 0 ? 0 : this.#marks[at] - this.#clock;
  }

  /** Seconds until the transfer is over, if nothing changes. */
  secondsLeft(transfer: number): number {
    return (this.left(transfer) * (this.count + this.foreign)) / this.rate;
  }

  /** Moves the clock to `now`. */
  advance(now: number): void {
    const seconds = now - this.#at;
    this.#at = now;
    if (this.#first < this.#end) this.#run(seconds);
    else if (seconds < Number.POSITIVE_INFINITY) this.#idle += seconds;
  }

  #run(seconds: number): void {
    let left = seconds;
    while (this.#first < this.#end) {
      const own = this.#end - this.#first;
      const sharers = own + this.foreign;
      const step = (this.rate * left) / sharers;
      const toNext = this.#marks[this.#first] - this.#clock;
      if (step < toNext) {
        this.#clock += step;
        this.#count(own, sharers, step, left);
        return;
      }
      const taken = (toNext * sharers) / this.rate;
      this.#count(own, sharers, toNext, taken);
      left = Math.max(0, left - taken);
      this.#pass();
    }
    this.#idle = left;
  }

  #count(own: number, sharers: number, step: number, seconds: number): void {
    this.#moved += own * step;
    this.#busy += seconds;
    this.#sharing += sharers * seconds;
  }

  /** The clock reaches the first mark. */
  #pass(): void {
    const at = this.#first++;
    const [transfer, size, mark] = [this.#transfers[at], this.#sizes[at], this.#marks[at]];
    this.#clock = mark;
    this.#passed.push({ transfer, size, mark });
    this.#listener.passed(transfer);
    if (this.#passed.length <= MOST_PASSED) return;
    const [oldest] = this.#passed.splice(0, 1);
    this.#listener.settled(oldest.transfer);
  }

  /** A transfer of so many bytes begins at the time that the clock has been moved to. */
  begin(transfer: number, size: number): void {
    this.#idle = 0;
    this.#insert({ transfer, size, mark: this.#clock + size });
  }

  /** The transfer is over, whether it was in flight or presumed to be over. */
  end(transfer: number): void {
    const at = this.#placeOf(transfer);
    if (at >= 0) this.#remove(at);
    else this.#takePassed(transfer);
  }

  /** A transfer that was presumed to be over is not: it has so many bytes left. */
  resume(transfer: number, left: number): void {
    const passed = this.#takePassed(transfer);
    if (passed === undefined) return;
    const size = Math.max(passed.size, left);
    this.#insert({ transfer, size, mark: this.#clock + left });
  }

  #takePassed(transfer: number): Passed | undefined {
    const at = this.#passed.findIndex((passed) => passed.transfer === transfer);
    return at < 0 ? undefined : this.#passed.splice(at, 1)[0];
  }

  /**
   * The volunteer has uploaded `bytes` since the last report: what was believed to have moved is
   * corrected, forward as the transfers share, or back. Then the rate is learnt from it.
   */
  correct(bytes: number): void {
    const error = bytes - this.#moved;
    if (error > 0) this.#spread(error);
    else this.#takeBack(-error);
    const seconds = this.#busy + (this.count > 0 ? this.#idle : 0);
    if (seconds > 0) this.#learn(bytes / seconds, seconds);
  }

  #spread(bytes: number): void {
    let left = bytes;
    while (this.#first < this.#end) {
      const own = this.#end - this.#first;
      const needed = (this.#marks[this.#first] - this.#clock) * own;
      if (left < needed) {
        this.#clock += left / own;
        return;
      }
      left -= needed;
      this.#pass();
    }
  }

  #takeBack(bytes: number): void {
    let left = bytes;
    while (left > 0) {
      const last = this.#passed.at(-1);
      const own = this.count;
      if (last !== undefined && (this.#clock - last.mark) * own <= left) {
        left -= own * Math.max(0, this.#clock - last.mark);
        this.#clock = Math.min(this.#clock, last.mark);
        this.#passed.pop();
        this.#insert(last);
      } else if (own === 0) return;
      else {
        this.#clock -= left / own;
        left = 0;
      }
    }
    this.#limit();
  }

  /** No transfer has more left than its size: those that would had not begun so long ago. */
  #limit(): void {
    const early: Passed[] = [];
    for (let at = this.#end - 1; at >= this.#first; at--) {
      const [transfer, size] = [this.#transfers[at], this.#sizes[at]];
      if (this.#marks[at] - this.#clock <= size) continue;
      this.#remove(at);
      early.push({ transfer, size, mark: this.#clock + size });
    }
    for (const passed of early) this.#insert(passed); // Now, since they change places.
  }

  /** Whoever has been faster than believed is so at once; slower, by how long it was seen so. */
  #learn(rate: number, seconds: number): void {
    if (rate >= this.rate) this.rate = Math.min(rate, this.#claim);
    // One transfer may be slow because of its customer; with several it is the volunteer.
    else if (this.sharers >= SEVERAL && this.count > 0) {
      const weight = seconds / (seconds + MEMORY);
      this.#lower(this.rate + (rate - this.rate) * weight);
    }
  }

  /**
   * A transfer of so many bytes took so long beside so many others, all told: a step towards the rate
   * that three in five of what is measured so lie below, for what a customer did meanwhile is in it.
   */
  learnFrom(size: number, seconds: number, sharers: number): void {
    if (size < LEAST_MEASURED || !(seconds > 0)) return;
    const rate = (size * Math.max(1, sharers)) / seconds;
    if (rate > this.rate) this.rate = Math.min(this.rate * RISE, this.#claim);
    else if (sharers >= SEVERAL) this.#lower(this.rate * FALL);
  }

  #lower(rate: number): void {
    this.rate = Math.max(rate, LEAST_SHARE * this.#claim);
  }

  /** A report has been heeded: what was presumed to be over is over. */
  settle(): void {
    for (const { transfer } of this.#passed) this.#listener.settled(transfer);
    this.#passed.length = 0;
    this.#moved = 0;
    this.#busy = 0;
    this.#sharing = 0;
    this.#idle = 0;
    if (this.#first < this.#end) return;
    this.#clock = 0; // So that the clock keeps its precision.
    this.#first = 0;
    this.#end = 0;
  }

  /** Those in flight, the one with the least left first. */
  inFlight(): number[] {
    return [...this.#transfers.subarray(this.#first, this.#end)];
  }

  /** Those presumed to be over since the last report, and those in flight. */
  all(): number[] {
    return [...this.#passed.map(({ transfer }) => transfer), ...this.inFlight()];
  }

  #placeOf(transfer: number): number {
    for (let at = this.#first; at < this.#end; at++)
      if (this.#transfers[at] === transfer) return at;
    return -1;
  }

  #insert({ transfer, size, mark }: Passed): void {
    if (this.#end === this.#marks.length) this.#makeRoom();
    let low = this.#first;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#marks[middle] <= mark) low = middle + 1;
      else high = middle;
    }
    this.#marks.copyWithin(low + 1, low, this.#end);
    this.#sizes.copyWithin(low + 1, low, this.#end);
    this.#transfers.copyWithin(low + 1, low, this.#end);
    this.#marks[low] = mark;
    this.#sizes[low] = size;
    this.#transfers[low] = transfer;
    this.#end++;
    this.#sumFrom(low);
  }

  #remove(at: number): void {
    this.#marks.copyWithin(at, at + 1, this.#end);
    this.#sizes.copyWithin(at, at + 1, this.#end);
    this.#transfers.copyWithin(at, at + 1, this.#end);
    this.#end--;
    this.#sumFrom(at);
  }

  #sumFrom(at: number): void {
    for (let i = at; i < this.#end; i++) this.#sums[i + 1] = this.#sums[i] + this.#marks[i];
  }

  /** Moves those in flight to the front, or to larger columns. */
  #makeRoom(): void {
    const [first, end] = [this.#first, this.#end];
    const length =
      2 * (end - first) > this.#marks.length ? 2 * this.#marks.length : this.#marks.length;
    const moved = <Column extends Float64Array | Int32Array>(from: Column, to: Column): Column => {
      to.set(from.subarray(first, end));
      return to;
    };
    this.#marks = moved(this.#marks, new Float64Array(length));
    this.#sizes = moved(this.#sizes, new Float64Array(length));
    this.#transfers = moved(this.#transfers, new Int32Array(length));
    this.#sums = new Float64Array(length + 1);
    this.#first = 0;
    this.#end = end - first;
    this.#sumFrom(0);
  }

  /**
   * Plain data. What is before the first in flight is left out; but where that stands in the columns is
   * not, since sums begin anew when they are moved: another place would be another rounding later.
   */
  save() {
    const [first, end] = [this.#first, this.#end];
    return {
      first,
      room: this.#marks.length,
      rate: this.rate,
      foreign: this.foreign,
      marks: this.#marks.slice(first, end),
      sizes: this.#sizes.slice(first, end),
      transfers: this.#transfers.slice(first, end),
      sums: this.#sums.slice(first, end + 1),
      passed: this.#passed.map((passed) => ({ ...passed })),
      clock: this.#clock,
      at: this.#at,
      moved: this.#moved,
      busy: this.#busy,
      sharing: this.#sharing,
      idle: this.#idle,
    };
  }

  load(saved: ReturnType<SharedUplink["save"]>): void {
    const { first, room } = saved;
    this.rate = saved.rate;
    this.foreign = saved.foreign;
    this.#marks = new Float64Array(room);
    this.#sizes = new Float64Array(room);
    this.#transfers = new Int32Array(room);
    this.#sums = new Float64Array(room + 1);
    this.#marks.set(saved.marks, first);
    this.#sizes.set(saved.sizes, first);
    this.#transfers.set(saved.transfers, first);
    this.#sums.set(saved.sums, first);
    this.#first = first;
    this.#end = first + saved.marks.length;
    refill(this.#passed, saved.passed);
    this.#clock = saved.clock;
    this.#at = saved.at;
    this.#moved = saved.moved;
    this.#busy = saved.busy;
    this.#sharing = saved.sharing;
    this.#idle = saved.idle;
  }
}

/** A transfer that the clock has passed. Bytes. */
export interface Passed {
  readonly transfer: number;
  readonly size: number;
  readonly mark: number;
}

/** Those presumed to be over that may be taken up again. */
const MOST_PASSED = 64;

/** Sharers from which on it is the volunteer that limits them, more likely than its customers. */
const SEVERAL = 2;

/** Seconds of being seen slower at which half of the difference is believed. */
const MEMORY = 60;

/** Bytes below which a transfer tells more of round trips than of rates. */
const LEAST_MEASURED = 300_000;

/** A volunteer is believed to send at least this share of its claim. */
const LEAST_SHARE = 0.01;

/** Factors e^(0.15 · 0.6) and e^(-0.15 · 0.4): in balance where three in five are below. */
const RISE = 1.0941742837052104;
const FALL = 0.9417645335842487;
