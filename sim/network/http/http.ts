import { assert } from "../../engine/assert.ts";
import { standardNormal } from "../../engine/distributions.ts";
import type { Engine, Kind } from "../../engine/engine.ts";
import { NO_TICKET } from "../../engine/event-queue.ts";
import type { Stream } from "../../engine/random.ts";
import type { FlowId, Network } from "../network.ts";
import type { Route } from "../sites.ts";
import type { Causes } from "./causes.ts";
import { Connection } from "./connection.ts";
import { coupling } from "./coupling.ts";
import { handlingSeconds } from "./handling.ts";
import { expectedLosses, luckFactor, rateDeviation } from "./loss-luck.ts";
import { connectRecovery, roundRecovery } from "./recovery.ts";
import { TokenBuckets } from "./token-bucket.ts";
import type { Transfer, TransferSpec, TransferState } from "./transfer.ts";

export { Connection } from "./connection.ts";
export type { TransferSpec, TransferState } from "./transfer.ts";

export type TransferId = number;

/** Called when the last byte of a transfer has arrived. */
export type OnArrival = (owner: number) => void;

/**
 * Called when the request has reached its source; says whether the source serves it. One that is to
 * wait goes on when `Http.resume` is called.
 */
export type OnRequest = (owner: number) => Reply;
export type Reply = "serves" | "refuses" | "waits";

/** Bytes of the header of a response as nginx 1.22 sends it; a few more for longer names. */
export const RESPONSE_HEADER = 250;

/**
 * Downloads over HTTP as TCP moves them.
 *
 * A transfer opens its connection, asks, and then sends in rounds: a window at the rate the network
 * gives, then nothing until the round trip is over, then a larger window. Once a window lasts a
 * whole round trip the way is busy without a break, and the rest of the file follows at once. Every
 * cause that makes this differ from a fluid can be switched off.
 */
export class Http {
  readonly buckets: TokenBuckets;
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #causes: Causes;
  readonly #random: Stream;
  readonly #onArrival: OnArrival[] = [];
  readonly #onRequest: (OnRequest | null)[] = [];
  readonly #transfers: (Transfer | null)[] = [];
  readonly #free: TransferId[] = [];
  readonly #purpose: number;
  readonly #redirected: Kind;
  readonly #answered: Kind;
  readonly #round: Kind;
  readonly #recovered: Kind;
  readonly #header: number;
  #headerBytes = 0;

  constructor(engine: Engine, network: Network, causes: Causes, random: Stream) {
    this.#engine = engine;
    this.#network = network;
    this.#causes = causes;
    this.#random = random;
    this.#header = causes.responseHeader ? RESPONSE_HEADER : 0;
    this.buckets = new TokenBuckets(engine, network);
    const told = (handler: (id: TransferId) => void): ((id: TransferId) => void) =>
      engine.isTapped ? (id) => this.#tellOwner(id, handler) : handler;
    const roundSent = told((id) => this.#roundSent(id));
    this.#purpose = network.purpose(roundSent, "transfer");
    const kind = (name: string, of: (id: TransferId) => void) => engine.kind(name, told(of));
    this.#redirected = kind("http.redirected", (id) => this.#connect(id));
    this.#answered = kind("http.answered", (id) => this.#answer(id));
    this.#round = kind("http.round", (id) => this.#sendRound(id));
    this.#recovered = kind("http.recovered", (id) => this.#goOn(id));
  }

  /** Bytes of response headers that have moved. */
  get headerBytes(): number {
    return this.#headerBytes;
  }

  /**
   * Registers what is to happen when a transfer of this purpose ends; returns its number. Where
   * `onRequest` refuses, the transfer is over without a byte and without an arrival.
   */
  purpose(onArrival: OnArrival, onRequest: OnRequest | null = null): number {
    this.#onRequest.push(onRequest);
    return this.#onArrival.push(onArrival) - 1;
  }

  start(spec: TransferSpec): TransferId {
    assert(spec.bytes >= 0 && Number.isFinite(spec.bytes), `invalid bytes: ${spec.bytes}`);
    const connection = spec.connection ?? new Connection();
    assert(!connection.isBusy, "a connection carries one request at a time");
    connection.isBusy = true;
    const id = this.#free.pop() ?? this.#transfers.length;
    const transfer: Transfer = {
      spec,
      connection,
      luck: this.#causes.lossLuck ? standardNormal(this.#random) : 0,
      left: spec.bytes + this.#header,
      round: 0,
      answered: 0,
      recovery: 0,
      flow: null,
      wait: NO_TICKET,
    };
    this.#transfers[id] = transfer;
    const redirect =
      this.#causes.redirect && spec.redirector !== undefined
        ? 2 * this.roundTrip(spec.redirector)
        : 0;
    // Without queues the waits are known in advance, and one event does for both.
    transfer.wait = this.#causes.queueWait
      ? this.#engine.after(redirect, this.#redirected, id)
      : this.#engine.after(redirect + this.#openingOf(transfer), this.#answered, id);
    return id;
  }

  /** Ends a transfer early. Returns the bytes that had not arrived. */
  abort(id: TransferId): number {
    const transfer = this.#at(id);
    this.#engine.cancel(transfer.wait);
    const unsent = transfer.left - transfer.round;
    const left =
      transfer.flow === null ? transfer.left : unsent + this.#network.abort(transfer.flow);
    this.#release(id, false);
    const { bytes } = transfer.spec;
    this.#headerBytes += Math.min(this.#header, bytes + this.#header - left);
    return Math.min(left, bytes);
  }

  /** How far the transfer has come: what moves it now, if anything does, and what is still to come. */
  stateOf(id: TransferId): TransferState {
    const { spec, left, round, flow, wait } = this.#at(id);
    const toCome = flow === null ? left : left - round + this.#network.remaining(flow);
    const hasBegun = left < spec.bytes + this.#header;
    return { flow, left: toCome, hasBegun, isDue: wait !== NO_TICKET };
  }

  /** Seconds of a round trip now: with the queues that are full, if that cause is not left out. */
  roundTrip({ data, back, roundTrip }: Route): number {
    if (!this.#causes.queueWait) return roundTrip;
    if (!this.#causes.windowGrowth) {
      return roundTrip + this.#network.queueing(data) + this.#network.queueing(back);
    }
    return roundTrip + this.#network.windowQueueing(data) + this.#network.windowQueueing(back);
  }

  #connect(id: TransferId): void {
    const transfer = this.#at(id);
    transfer.wait = this.#engine.after(this.#openingOf(transfer), this.#answered, id);
  }

  /** Seconds to open the connection, if it is not open, and to ask over it. */
  #openingOf({ spec, connection }: Transfer): number {
    const trips = connection.isOpen ? 1 : 2;
    const delay = this.#causes.connection ? trips * this.roundTrip(spec.route) : 0;
    const handling = this.#causes.handling
      ? handlingSeconds(spec.redirector !== undefined, spec.processorWait)
      : 0;
    const recovery = connection.isOpen ? 0 : this.#connectRecovery(spec.route);
    connection.isOpen = true;
    return delay + handling + recovery;
  }

  #connectRecovery({ data, roundTrip }: Route): number {
    if (!this.#causes.recovery) return 0;
    return connectRecovery(this.#network.lossShare(data, roundTrip), this.#random);
  }

  #answer(id: TransferId): void {
    const { spec } = this.#at(id);
    this.#at(id).wait = NO_TICKET;
    const reply = this.#onRequest[spec.purpose]?.(spec.owner) ?? "serves";
    if (reply === "serves") this.resume(id);
    else if (reply === "refuses") this.#release(id);
  }

  /** The source has what the request waited for: it begins to send. */
  resume(id: TransferId): void {
    const transfer = this.#at(id);
    const { spec, connection } = transfer;
    connection.window.wake(this.#engine.now, this.roundTrip(spec.route));
    if (this.#isBusyFromTheStart(transfer)) {
      transfer.recovery = this.#recovery(transfer, Math.min(transfer.left, this.#window(transfer)));
      this.#send(id, transfer, transfer.left);
    } else this.#sendRound(id);
  }

  /** Whether the first window lasts a round trip whatever the rate, so that no round is ever idle. */
  #isBusyFromTheStart(transfer: Transfer): boolean {
    const { spec } = transfer;
    if (spec.receiveWindow !== undefined && this.#causes.receiveWindow) return false;
    return this.#window(transfer) >= this.#pipe(spec.route, this.roundTrip(spec.route));
  }

  #sendRound(id: TransferId): void {
    const transfer = this.#at(id);
    transfer.wait = NO_TICKET;
    transfer.answered = this.#engine.now + this.roundTrip(transfer.spec.route);
    const window = this.#window(transfer);
    const bytes = Math.min(transfer.left, window);
    transfer.recovery = this.#recovery(transfer, bytes);
    this.#send(id, transfer, bytes);
  }

  /**
   * Seconds that losses will cost a round of so many bytes. The first of a request comes in one
   * burst; of a later one, two segments come for each that an ACK says has left, so that half of it
   * is too much.
   */
  #recovery({ spec, left, connection }: Transfer, sent: number): number {
    if (!this.#causes.recovery || sent > connection.window.bytes) return 0;
    const { route, bytes } = spec;
    const isFirst = left === bytes + this.#header;
    const lost = this.#network.overflow(route.data, isFirst ? sent : sent / 2, this.#random());
    const seconds = roundRecovery({ sent, lost, isLast: sent === left }, this.roundTrip(route));
    if (seconds > 0) connection.window.lose();
    return seconds;
  }

  #window({ spec, connection }: Transfer): number {
    const congestion = this.#causes.slowStart ? connection.window.bytes : Number.POSITIVE_INFINITY;
    const receive = this.#causes.receiveWindow ? spec.receiveWindow : undefined;
    return Math.min(congestion, receive ?? Number.POSITIVE_INFINITY);
  }

  /** Sends bytes of the file: what a shaper lets through at once, and the rest as a flow. */
  #send(id: TransferId, transfer: Transfer, bytes: number): void {
    transfer.round = bytes;
    const { route } = transfer.spec;
    const rest = bytes - (this.#causes.burst ? this.buckets.take(route.data, bytes) : 0);
    if (rest <= 0) this.#roundSent(id);
    else transfer.flow = this.#startFlow(id, transfer, rest);
  }

  #startFlow(id: TransferId, transfer: Transfer, bytes: number): FlowId {
    const { spec, luck } = transfer;
    const { route, weight = 1, cap = Number.POSITIVE_INFINITY, priority = 0 } = spec;
    const { roundTrip, acks } = coupling(route, this.#causes);
    const flow = this.#network.start({
      path: route.data,
      bytes,
      weight,
      cap,
      priority,
      purpose: this.#purpose,
      owner: id,
      atOnce: transfer.round <= transfer.connection.window.bytes,
      roundTrip,
      acks,
    });
    const queueing = this.#network.queueing(route.data);
    if (luck === 0 || queueing === 0) return flow; // Without a full queue nothing is lost.
    const window = this.#network.rate(flow) * (route.roundTrip + queueing);
    const deviation = rateDeviation(expectedLosses(bytes, window));
    this.#network.setWeight(flow, weight * luckFactor(deviation, luck));
    return flow;
  }

  #roundSent(id: TransferId): void {
    const transfer = this.#at(id);
    const { spec, connection, recovery, round: sent } = transfer;
    transfer.flow = null;
    transfer.left -= sent;
    transfer.round = 0;
    transfer.recovery = 0;
    connection.window.grow(sent, this.#pipe(spec.route));
    if (recovery === 0) this.#goOn(id);
    else transfer.wait = this.#engine.after(recovery, this.#recovered, id);
  }

  /** All that was sent has come. */
  #goOn(id: TransferId): void {
    const transfer = this.#at(id);
    const { spec } = transfer;
    if (transfer.left <= 0) {
      this.#arrive(id, transfer);
      return;
    }
    if (transfer.answered > this.#engine.now) {
      transfer.wait = this.#engine.at(transfer.answered, this.#round, id);
    } else if (spec.receiveWindow === undefined || !this.#causes.receiveWindow)
      this.#send(id, transfer, transfer.left);
    else this.#sendRound(id);
  }

  #arrive(id: TransferId, { spec, connection }: Transfer): void {
    this.#headerBytes += this.#header;
    connection.window.rest(this.#engine.now);
    this.#release(id);
    this.#onArrival[spec.purpose](spec.owner);
  }

  /** Bytes in flight that fill the way, where a round trip takes so long, and its queues. */
  #pipe({ data, roundTrip }: Route, seconds = roundTrip): number {
    let pipe = Number.POSITIVE_INFINITY;
    for (const link of data) {
      const capacity = this.#network.capacity(link);
      if (capacity === Number.POSITIVE_INFINITY) continue;
      pipe = Math.min(pipe, capacity * (seconds + this.#network.queueDelay(link)));
    }
    return pipe;
  }

  #release(id: TransferId, isOpen = true): void {
    this.#at(id).connection.leave(this.#engine.now, isOpen);
    this.#transfers[id] = null;
    this.#free.push(id);
  }

  /** Numbers of transfers are used again; whom one serves says more. */
  #tellOwner(id: TransferId, then: (id: TransferId) => void): void {
    this.#engine.tell("request", this.#at(id).spec.owner);
    then(id);
  }

  #at(id: TransferId): Transfer {
    const transfer = this.#transfers[id];
    assert(transfer !== null && transfer !== undefined, `transfer ${id} is not under way`);
    return transfer;
  }
}
