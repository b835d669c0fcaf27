import { type LinkId, type LinkTable, NONE } from "../link-table.ts";
import { SEGMENT_PAYLOAD } from "../wire.ts";
import { type FlowTable, flowOf } from "./flow-table.ts";
import { queueAt, windowAfter } from "./window-growth.ts";

/** No more than this share is lost: at windows of fewer segments than two the law says nothing. */
const MOST_LOST = 1.5 / 2 ** 2;

/** The middle of the ups and downs of a queue. */
const MIDDLE = 0.5;

/**
 * How long the queues are that flows keep, and what does not fit into them.
 *
 * The solver says which queues stand, and how long they may become. What the flows have put there
 * by now follows from their windows; once it is all there is room for, the queue goes up and down
 * as they lose and grow again.
 */
export class QueueLevels {
  readonly #links: LinkTable;
  readonly #flows: FlowTable;

  constructor(links: LinkTable, flows: FlowTable) {
    this.#links = links;
    this.#flows = flows;
  }

  /** Seconds that the queues of these links hold back a byte on average. */
  seconds(path: readonly LinkId[], now: number): number {
    let seconds = 0;
    for (const link of path) {
      if (!this.#stands(link)) continue;
      seconds += this.#level(link, MIDDLE, now) / this.#links.capacity[link];
    }
    return seconds;
  }

  /**
   * Bytes of a burst that the fullest of these queues has no room for. `phase` is the moment of its
   * ups and downs at which the burst comes, from 0 to 1.
   */
  overflow(path: readonly LinkId[], burst: number, phase: number, now: number): number {
    let most = 0;
    for (const link of path) {
      const length = this.#length(link);
      if (length === 0) continue;
      const level = this.#stands(link) ? this.#level(link, phase, now) : 0;
      most = Math.max(most, burst - (length - level));
    }
    return Math.min(burst, most);
  }

  /**
   * Share of the segments that these queues drop: 3/(2·W²) where W segments of each flow are in flight
   * (Mathis, Semke, Mahdavi and Ott, CCR 27(3), 1997), all flows alike, on ways of `roundTrip` seconds.
   */
  lossShare(path: readonly LinkId[], roundTrip: number): number {
    const { capacity, flows } = this.#links;
    let kept = 1;
    for (const link of path) {
      if (!this.#stands(link)) continue;
      const inFlight = this.#length(link) + capacity[link] * roundTrip;
      const window = inFlight / flows[link] / SEGMENT_PAYLOAD;
      kept *= 1 - Math.min(MOST_LOST, 1.5 / window ** 2);
    }
    return 1 - kept;
  }

  #stands(link: LinkId): boolean {
    return this.#links.standing[link] * this.#links.queueDelay[link] > 0;
  }

  /** Bytes the queue has room for. */
  #length(link: LinkId): number {
    const seconds = this.#links.queueDelay[link];
    return seconds === 0 ? 0 : seconds * this.#links.capacity[link];
  }

  /** Bytes in the queue, which stands. */
  #level(link: LinkId, phase: number, now: number): number {
    const { remaining, since, rate, roundTrip, started, atOnce, hopNext } = this.#flows;
    let queued = 0;
    let inFlight = 0;
    for (let hop = this.#links.firstHop[link]; hop !== NONE; hop = hopNext[hop]) {
      const flow = flowOf(hop);
      const left = Math.max(0, remaining[flow] - rate[flow] * (now - since[flow]));
      const onWay = rate[flow] * roundTrip[flow];
      const window = windowAfter(now - started[flow], rate[flow], roundTrip[flow]);
      queued += atOnce[flow] === 1 ? left : Math.min(left, window - onWay);
      inFlight += onWay;
    }
    const peak = this.#links.standing[link] * this.#length(link);
    return Math.min(queued, queueAt(peak, inFlight, phase));
  }
}
