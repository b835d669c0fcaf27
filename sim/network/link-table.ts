export type LinkId = number;

/** No link, no flow, no hop. */
export const NONE = -1;

/** What a link is, beyond its capacity. */
export interface LinkSpec {
  /** Bytes of drop-tail queue before the link; 0 when absent. */
  readonly queue?: number;
}

/** The links of a network, as columns by link. Rates are bytes per second. */
export class LinkTable {
  readonly capacity: number[] = [];
  /** Seconds that the queue holds a byte back when it is full. */
  readonly queueDelay: number[] = [];
  /** Taken by traffic that is not simulated. */
  readonly background: number[] = [];
  /** Data bytes carried until `since`, and the rate of data and of ACKs from then on. */
  readonly carried: number[] = [];
  readonly since: number[] = [];
  readonly dataRate: number[] = [];
  readonly ackRate: number[] = [];
  /** 1 where the link carries all it can. */
  readonly full: number[] = [];
  /** How much of the queue stands full, from 0 to 1. */
  readonly standing: number[] = [];
  /** Head of the list of the flows that send data over the link, and their number. */
  readonly firstHop: number[] = [];
  readonly flows: number[] = [];
  /** Bytes that these flows had to move when they started. */
  readonly offered: number[] = [];
  /** Head of the list of the flows whose ACKs cross the link. */
  readonly firstAck: number[] = [];

  // Scratch of the solver.
  readonly peaked: number[] = [];
  readonly mark: number[] = [];
  readonly spare: number[] = [];
  readonly openWeight: number[] = [];
  readonly openFlows: number[] = [];
  readonly nextAckRate: number[] = [];

  get count(): number {
    return this.capacity.length;
  }

  add(capacity: number, { queue = 0 }: LinkSpec): LinkId {
    // The texts take longer to make than a link, and are made when needed.
    if (!(capacity > 0)) throw new Error(`invalid capacity: ${capacity}; not above 0 bytes/s`);
    if (!(queue >= 0 && Number.isFinite(queue))) throw new Error(`invalid queue: ${queue}`);
    this.queueDelay.push(queue / capacity);
    for (const column of [
      this.background,
      this.carried,
      this.since,
      this.dataRate,
      this.ackRate,
      this.full,
      this.standing,
      this.peaked,
      this.flows,
      this.offered,
      this.mark,
      this.spare,
      this.openWeight,
      this.openFlows,
      this.nextAckRate,
    ]) {
      column.push(0);
    }
    this.firstHop.push(NONE);
    this.firstAck.push(NONE);
    return this.capacity.push(capacity) - 1;
  }

  /** The same link with another capacity and the same queue. Both capacities are finite. */
  setCapacity(link: LinkId, capacity: number): void {
    this.queueDelay[link] *= this.capacity[link] / capacity;
    this.capacity[link] = capacity;
  }

  /** Brings the bytes carried up to `now`. */
  settle(link: LinkId, now: number): void {
    this.carried[link] += this.dataRate[link] * (now - this.since[link]);
    this.since[link] = now;
  }

  /** The part of its queue that the flows on the link can fill with all that they have to move. */
  fillable(link: LinkId): number {
    return Math.min(1, this.offered[link] / (this.queueDelay[link] * this.capacity[link]));
  }
}
