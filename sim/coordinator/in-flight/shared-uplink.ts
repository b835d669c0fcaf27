import { refill } from "../columns.ts";
import type { UplinkLoad } from "./in-flight.ts";
import { type Mark, Marks } from "./marks.ts";

/** Told by an uplink of transfers that it no longer counts. */
export interface UplinkListener {
  /** By the estimate, the transfer is over; it may be taken up again. */
  passed(transfer: number): void;
  /** It is not over after all. */
  resumed(transfer: number): void;
}

/**
 * What one volunteer is believed to be sending for the server, as processor sharing: all transfers in
 * flight get equal shares of its rate. A virtual clock tells the bytes that a transfer in flight from
 * the beginning would have got; a transfer is over when the clock reaches its mark, which is the clock
 * at its start plus its size.
 *
 * A transfer that the clock has passed is only presumed to be over. A report may show that it is not:
 * then the clock is turned back, or the transfer is taken up again.
 */
export class SharedUplink implements UplinkLoad {
  /** Bytes per second that all transfers together get. */
  #rate: number;
  /** Transfers in flight that are not the server's own, which share alike. */
  #foreign = 0;
  #claim: number;
  readonly #listener: UplinkListener;
  readonly #marks = new Marks();
  /** Presumed to be over since the last report, in ascending order of their marks. */
  readonly #passed: Mark[] = [];
  #clock = 0;
  /** Host time of the clock, in seconds. */
  #at = Number.NEGATIVE_INFINITY;
  /** Host time at which the clock reaches the first mark; `CHANGED` where that must be worked out. */
  #due = Number.POSITIVE_INFINITY;

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
    this.#rate = claim;
    this.#listener = listener;
  }

  /** Own transfers in flight. */
  get count(): number {
    return this.#marks.count;
  }

  get rate(): number {
    return this.#rate;
  }

  set rate(bytesPerSecond: number) {
    this.#rate = bytesPerSecond;
    this.#due = CHANGED;
  }

  get foreign(): number {
    return this.#foreign;
  }

  set foreign(transfers: number) {
    this.#foreign = transfers;
    this.#due = CHANGED;
  }

  get transfers(): number {
    return this.#marks.count + this.#foreign;
  }

  /** Whether no own transfer is in flight or might be taken up again. */
  get isQuiet(): boolean {
    return this.count === 0 && this.#passed.length === 0;
  }

  /** Transfers that shared the uplink since the last report, while any did, in the mean. */
  get sharers(): number {
    return this.#busy > 0 ? this.#sharing / this.#busy : 0;
  }

  /** Those presumed to be over since the last report, the latest last. */
  get passed(): readonly Mark[] {
    return this.#passed;
  }

  /** In O(log n). */
  ahead(size: number, now = this.#at): number {
    const own = this.count;
    const isNamed = this.#foreign === 0 || size === Number.POSITIVE_INFINITY;
    const others = isNamed ? 0 : this.#foreign * size;
    if (own === 0) return others;
    const clock = this.#clock + (this.#rate * (now - this.#at)) / (own + this.#foreign);
    return this.#marks.above(clock, size) + others;
  }

  /** The volunteer claims to send so many bytes per second from now on. */
  reclaim(claim: number): void {
    this.#claim = claim;
    this.rate = Math.min(this.rate, claim);
  }

  /** Bytes that the transfer has left; 0 for one that is not in flight. */
  left(transfer: number): number {
    const mark = this.#marks.of(transfer);
    return mark === undefined ? 0 : mark - this.#clock;
  }

  /** Seconds until the transfer is over, if nothing changes. */
  secondsLeft(transfer: number): number {
    return (this.left(transfer) * (this.count + this.#foreign)) / this.#rate;
  }

  /** Those in flight, the one with the least left first. */
  inFlight(): number[] {
    return this.#marks.transfers();
  }

  /** Those presumed to be over since the last report, and those in flight. */
  all(): number[] {
    return [...this.#passed.map(({ transfer }) => transfer), ...this.inFlight()];
  }

  /** Costs next to nothing as long as none is over: the clock stands still meanwhile. */
  refresh(now: number): void {
    if (now >= this.#due) this.advance(now);
  }

  /** Moves the clock to `now`, before something changes. */
  advance(now: number): void {
    const seconds = now - this.#at;
    this.#at = now;
    if (this.count > 0) this.#run(seconds);
    else if (seconds < Number.POSITIVE_INFINITY) this.#idle += seconds;
    const own = this.count;
    const toFirst = (this.#marks.least - this.#clock) * (own + this.#foreign);
    this.#due = own === 0 ? Number.POSITIVE_INFINITY : now + toFirst / this.#rate;
  }

  #run(seconds: number): void {
    let left = seconds;
    for (let own = this.count; own > 0; own = this.count) {
      const sharers = own + this.#foreign;
      const step = (this.#rate * left) / sharers;
      const toNext = this.#marks.least - this.#clock;
      if (step < toNext) {
        this.#clock += step;
        this.#count(own, sharers, step, left);
        return;
      }
      const taken = (toNext * sharers) / this.#rate;
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
    const first = this.#marks.takeFirst();
    this.#clock = first.mark;
    this.#passed.push(first);
    this.#listener.passed(first.transfer);
    if (this.#passed.length > MOST_PASSED) this.#passed.shift();
  }

  /** A transfer of so many bytes begins at the time that the clock has been moved to. */
  begin(transfer: number, size: number): void {
    this.#idle = 0;
    this.#marks.add({ transfer, size, mark: this.#clock + size });
    this.#due = CHANGED;
  }

  /** The transfer is over, whether it was in flight or presumed to be over. */
  end(transfer: number): void {
    if (!this.#marks.remove(transfer)) this.#takePassed(transfer);
    this.#due = CHANGED;
  }

  /** A transfer that was presumed to be over is not: it has so many bytes left. */
  resume(transfer: number, left: number): void {
    const passed = this.#takePassed(transfer);
    if (passed === undefined) return;
    this.#marks.add({ transfer, size: Math.max(passed.size, left), mark: this.#clock + left });
    this.#listener.resumed(transfer);
    this.#due = CHANGED;
  }

  #takePassed(transfer: number): Mark | undefined {
    for (let at = this.#passed.length - 1; at >= 0; at--) {
      if (this.#passed[at].transfer === transfer) return this.#passed.splice(at, 1)[0];
    }
    return undefined;
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
    this.#due = CHANGED;
  }

  #spread(bytes: number): void {
    let left = bytes;
    for (let own = this.count; own > 0; own = this.count) {
      const needed = (this.#marks.least - this.#clock) * own;
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
        this.#marks.add(last);
        this.#listener.resumed(last.transfer);
      } else if (own === 0) return;
      else {
        this.#clock -= left / own;
        left = 0;
      }
    }
    // No transfer has more left than its size: one that would had not begun so long ago.
    this.#marks.limit(this.#clock);
  }

  /** Whoever has been faster than believed is so at once; slower, by how long it was seen so. */
  #learn(rate: number, seconds: number): void {
    if (rate >= this.#rate) this.rate = Math.min(rate, this.#claim);
    // One transfer may be slow because of its customer; with several it is the volunteer.
    else if (Math.max(this.sharers, this.count) >= SEVERAL) {
      const weight = seconds / (seconds + MEMORY);
      this.#lower(this.#rate + (rate - this.#rate) * weight);
    }
  }

  /**
   * A transfer of so many bytes took so long beside so many others, all told: a step towards the rate
   * that three in five of what is measured so lie below, for what a customer did meanwhile is in it.
   */
  learnFrom(size: number, seconds: number, sharers: number): void {
    if (size < LEAST_MEASURED || !(seconds > 0)) return;
    const rate = (size * Math.max(1, sharers)) / seconds;
    if (rate > this.#rate) this.rate = Math.min(this.#rate * RISE, this.#claim);
    else if (sharers >= SEVERAL) this.#lower(this.#rate * FALL);
  }

  #lower(rate: number): void {
    this.rate = Math.max(rate, LEAST_SHARE * this.#claim);
  }

  /** A report has been heeded: what was presumed to be over is over. */
  settle(): void {
    this.#passed.length = 0;
    this.#moved = 0;
    this.#busy = 0;
    this.#sharing = 0;
    this.#idle = 0;
    if (this.count > 0) return;
    this.#clock = 0; // So that the clock keeps its precision.
    this.#marks.reset();
  }

  /** Plain data. */
  save() {
    return {
      rate: this.#rate,
      foreign: this.#foreign,
      marks: this.#marks.save(),
      passed: this.#passed.map((passed) => ({ ...passed })),
      clock: this.#clock,
      at: this.#at,
      due: this.#due,
      moved: this.#moved,
      busy: this.#busy,
      sharing: this.#sharing,
      idle: this.#idle,
    };
  }

  load(saved: ReturnType<SharedUplink["save"]>): void {
    this.#rate = saved.rate;
    this.#foreign = saved.foreign;
    this.#marks.load(saved.marks);
    refill(this.#passed, saved.passed);
    this.#clock = saved.clock;
    this.#at = saved.at;
    this.#due = saved.due;
    this.#moved = saved.moved;
    this.#busy = saved.busy;
    this.#sharing = saved.sharing;
    this.#idle = saved.idle;
  }
}

/** In place of a time that is yet to be worked out: earlier than any. */
const CHANGED = Number.NEGATIVE_INFINITY;

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
