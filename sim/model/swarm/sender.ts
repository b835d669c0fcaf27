import { assert } from "../../engine/assert.ts";
import type { Engine, Kind } from "../../engine/engine.ts";
import type { Network } from "../../network/network.ts";
import { ACK_SHARE } from "../../network/wire.ts";
import { delayOf } from "./batching.ts";
import type { Message, Side } from "./connection.ts";
import { BLOCK_HEADER } from "./messages.ts";
import type { SwarmSpec } from "./spec.ts";
import { arrives, lengthOf } from "./stream.ts";

/**
 * What leaves over connections: messages in order, small ones behind the blocks that were handed to
 * the connection before them. A block is a flow on the network; small messages and ACKs travel with
 * the next one. Clients that collect their messages hold them back until they look at a connection.
 */
export class Sender {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #spec: SwarmSpec;
  readonly #sides: readonly Side[];
  readonly #handle: (side: Side, message: Message) => void;
  readonly #looked: (side: Side) => void;
  readonly #onTheWay: (readonly [side: Side, message: Message] | null)[] = [];
  readonly #free: number[] = [];
  readonly #arrived: Kind;
  readonly #purpose: number;
  /** The side whose client looks at it just now. */
  #awake: Side | null = null;

  /**
   * `handle` is called with what has arrived, while the side's client looks at it; `looked` when a
   * client that does not act at once begins to look at a connection.
   */
  constructor(
    spec: SwarmSpec,
    sides: readonly Side[],
    handle: (side: Side, message: Message) => void,
    looked: (side: Side) => void,
  ) {
    this.#engine = spec.engine;
    this.#network = spec.network;
    this.#spec = spec;
    this.#sides = sides;
    this.#handle = handle;
    this.#looked = looked;
    this.#arrived = spec.engine.kind(`${spec.name}.arrive`, (index) => this.#arrive(index));
    this.#purpose = spec.network.purpose(
      (side) => this.#sent(this.#sides[side]),
      `${spec.name} connection`,
    );
  }

  /** Sends a small message, or keeps it until the client looks at the connection. */
  post(side: Side, message: Message): void {
    if (!side.isOpen) return;
    const { batching } = side.me.spec.client;
    if (batching === null || (batching.wakes && this.#awake === side)) this.#send(side, message);
    else {
      const due = this.#engine.now + delayOf(batching, message);
      side.heldUntil = Math.min(side.heldUntil, due);
      side.held.push(message);
    }
  }

  /** Whether the client can act on a connection now. */
  mayAct(side: Side): boolean {
    return side.me.spec.client.batching === null || this.#awake === side;
  }

  /** The client looks at a connection: what was kept long enough leaves, and then it acts. */
  look(side: Side, act: () => void): void {
    const before = this.#awake;
    this.#awake = side;
    if (side.held.length > 0 && side.heldUntil <= this.#engine.now) {
      side.heldUntil = Number.POSITIVE_INFINITY;
      for (const message of side.held.splice(0)) this.#send(side, message);
    }
    this.#looked(side);
    act();
    this.#awake = before;
  }

  /** Hands blocks to the connection up to its limit, and starts the next if none is on its way. */
  pump(side: Side): void {
    while (side.requested.length > 0 && side.buffered < side.bufferLimit) {
      const block = side.requested.shift();
      if (block === undefined) break;
      side.buffered += side.me.pieces.bytesOf(block);
      side.outbox.push({ kind: "block", block });
    }
    if (side.sending === null) this.#sendNext(side);
  }

  /** Ends the flow of a block that is on its way. */
  drop(side: Side): void {
    if (side.sending === null) return;
    const left = this.#network.abort(side.sending.flow);
    this.#spec.onSent?.(side.me.id, side.other.id, side.sending.bytes - left);
    side.sending = null;
  }

  #send(side: Side, message: Message): void {
    side.me.owed += lengthOf(message);
    if (side.sending !== null) side.outbox.push(message);
    else this.#transmit(side, message);
  }

  /** The message leaves; the twin will handle it when it arrives. */
  #transmit(side: Side, message: Message): void {
    const at = arrives(side, this.#engine.now, this.#network, this.#spec.queue);
    side.arrival = at;
    const twin = this.#sides[side.id ^ 1];
    const index = this.#free.pop() ?? this.#onTheWay.length;
    this.#onTheWay[index] = [twin, message];
    this.#engine.at(at, this.#arrived, index);
  }

  #arrive(index: number): void {
    const entry = this.#onTheWay[index];
    this.#onTheWay[index] = null;
    this.#free.push(index);
    if (entry === null) return;
    const [side, message] = entry;
    if (!side.isOpen) return;
    if (side.me.spec.client.batching?.wakes) this.look(side, () => this.#handle(side, message));
    else this.#handle(side, message);
  }

  #sendNext(side: Side): void {
    for (let message = side.outbox.shift(); message; message = side.outbox.shift()) {
      if (message.kind !== "block") {
        this.#transmit(side, message);
        continue;
      }
      const { me, path } = side;
      const bytes = me.pieces.bytesOf(message.block) + BLOCK_HEADER + me.owed;
      const flow = this.#network.start({
        path,
        bytes,
        weight: this.#spec.weight ?? 1,
        priority: this.#spec.priority ?? 0,
        cap: Number.POSITIVE_INFINITY,
        purpose: this.#purpose,
        owner: side.id,
      });
      me.owed = 0;
      side.sending = { flow, block: message.block, bytes };
      return;
    }
  }

  /** A block's last byte has left. */
  #sent(side: Side): void {
    const { sending, me, other } = side;
    assert(sending !== null, "a side finished a block it was not sending");
    const bytes = me.pieces.bytesOf(sending.block);
    side.sending = null;
    side.buffered -= bytes;
    side.countSent(bytes);
    me.sent += bytes;
    this.#spec.onSent?.(me.id, other.id, sending.bytes);
    other.owed += bytes * ACK_SHARE;
    this.#transmit(side, { kind: "block", block: sending.block });
    const { batching } = me.spec.client;
    if (batching?.wakes) this.look(side, () => this.pump(side));
    else this.pump(side);
  }
}
