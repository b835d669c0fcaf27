import type { AttemptEnd } from "../model/events.ts";
import { type Hold, isSameHold, type Moment } from "./hold.ts";

/** One turn of the customer to a source. Seconds from the start of the window. */
export interface Attempt {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly end: AttemptEnd;
  /** Bytes that had left the node. */
  readonly sent: number;
}

/** A stretch of a request's life in which one thing held it back. */
export interface Phase {
  /** Number of the attempt under way; before and between attempts, of the next. */
  readonly attempt: number;
  readonly from: number;
  readonly to: number;
  readonly hold: Hold;
  /** Bytes that came. */
  readonly bytes: number;
  /** What shared the link, on average over the phase. */
  readonly downloads: number;
  readonly others: number;
  /** The lowest and the highest rate, in bytes per second. */
  readonly slowest: number;
  readonly fastest: number;
}

/** A rate from a time on. */
export interface Step {
  readonly at: number;
  readonly rate: number;
}

/** The life of one request, from asking the server until it had the file or gave up. */
export interface Life {
  readonly request: number;
  /** When it reached the customer, and when the customer began with it. */
  readonly arrived: number;
  readonly asked: number;
  readonly ended: number;
  readonly accepted: boolean;
  /** Events that the simulation had fired by its end. */
  readonly events: number;
  readonly attempts: readonly Attempt[];
  /** Without a gap from `asked` to `ended`. */
  readonly phases: readonly Phase[];
  /** Every rate at which bytes came, from the time it was reached; empty where nobody asked for it. */
  readonly steps: readonly Step[];
}

type Open<Closed> = { -readonly [Name in keyof Closed]: Closed[Name] };

/** Writes down moments as phases: each begins where the one before has ended. */
export class Timeline {
  readonly phases: Phase[] = [];
  readonly steps: Step[] = [];
  readonly #keepsSteps: boolean;
  #since: number;
  #attempt = 0;
  #moment: Moment;

  constructor(now: number, moment: Moment, keepsSteps: boolean) {
    this.#keepsSteps = keepsSteps;
    this.#since = now;
    this.#moment = moment;
  }

  get moment(): Moment {
    return this.#moment;
  }

  /** From now on the request meets another moment. */
  change(now: number, attempt: number, moment: Moment): void {
    this.close(now);
    this.#attempt = attempt;
    this.#moment = moment;
  }

  /** Ends what is under way; moments without duration leave nothing. */
  close(now: number): void {
    const seconds = now - this.#since;
    if (seconds <= 0) return;
    const { hold, rate, downloads, others } = this.#moment;
    if (this.#keepsSteps && this.steps.at(-1)?.rate !== rate) {
      this.steps.push({ at: this.#since, rate });
    }
    const last = this.phases.at(-1);
    const isSame = last?.attempt === this.#attempt && isSameHold(last.hold, hold);
    if (last !== undefined && isSame) extend(last, seconds, now, this.#moment);
    else {
      const [from, bytes] = [this.#since, rate * seconds];
      const shared = { downloads, others, slowest: rate, fastest: rate };
      this.phases.push({ attempt: this.#attempt, from, to: now, hold, bytes, ...shared });
    }
    this.#since = now;
  }
}

function extend(phase: Open<Phase>, seconds: number, now: number, moment: Moment): void {
  const before = phase.to - phase.from;
  const mean = (old: number, value: number) =>
    (old * before + value * seconds) / (before + seconds);
  phase.downloads = mean(phase.downloads, moment.downloads);
  phase.others = mean(phase.others, moment.others);
  phase.slowest = Math.min(phase.slowest, moment.rate);
  phase.fastest = Math.max(phase.fastest, moment.rate);
  phase.bytes += moment.rate * seconds;
  phase.to = now;
}
