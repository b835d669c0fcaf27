import { assert } from "../engine/assert.ts";
import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET } from "../engine/event-queue.ts";
import type { Stream } from "../engine/random.ts";
import { coupling } from "../network/coupling.ts";
import type { FlowId, Network } from "../network/network.ts";
import type { Bound, ChunkSize, ChunkSizeView } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Disks } from "./disks.ts";
import { type Observer, SERVER_NODE } from "./events.ts";
import { ExactSwarms } from "./sync/exact-swarms.ts";
import { methodOf } from "./sync/method.ts";
import { bytesOfLast, fromServer, type Method, type Part } from "./sync/plan.ts";
import { Fetch, Pull } from "./sync/pull.ts";
import type { SynchronisationSpec, TransportSpec } from "./system.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/**
 * Volunteers fetch what they are to hold, file by file, by the method of the system.
 *
 * Each starts at its own time of day, walks the list of files while that is on its way, then fetches
 * what is missing. A file travels in chunks that are checked one by one: an interrupted fetch keeps the chunks that are
 * complete and goes on behind them at the next synchronisation. One whose source leaves goes on at
 * once, from others.
 */
export class Synchronisation {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #topology: Topology;
  readonly #volunteers: Volunteers;
  readonly #disks: Disks;
  readonly #catalogue: Catalogue;
  readonly #spec: SynchronisationSpec;
  readonly #transport: TransportSpec;
  readonly #chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
  readonly #random: Stream;
  readonly #observer: Observer;
  readonly #states: Pull[];
  readonly #start: Kind;
  readonly #walk: Kind;
  readonly #purpose: number;
  readonly #listPurpose: number;
  readonly #swarms: ExactSwarms;
  readonly #method: Method;
  /** Streams that leave each volunteer for others. */
  readonly #sending: Int32Array;
  readonly #left = (flow: FlowId) => this.#network.remaining(flow);

  constructor(world: {
    readonly engine: Engine;
    readonly network: Network;
    readonly topology: Topology;
    readonly volunteers: Volunteers;
    readonly disks: Disks;
    readonly catalogue: Catalogue;
    readonly spec: SynchronisationSpec;
    readonly transport: TransportSpec;
    readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
    readonly random: Stream;
    readonly streams: (name: string) => Stream;
    readonly observer: Observer;
  }) {
    this.#engine = world.engine;
    this.#network = world.network;
    this.#topology = world.topology;
    this.#volunteers = world.volunteers;
    this.#disks = world.disks;
    this.#catalogue = world.catalogue;
    this.#spec = world.spec;
    this.#transport = world.transport;
    this.#chunkSize = world.chunkSize;
    this.#random = world.random;
    this.#observer = world.observer;
    this.#states = Array.from({ length: world.volunteers.count }, () => new Pull());
    this.#start = this.#engine.kind("sync.start", (volunteer) => this.#begin(volunteer));
    this.#walk = this.#engine.kind("sync.walked", (volunteer) => this.#walked(volunteer));
    this.#purpose = this.#network.purpose((volunteer, flow) => this.#moved(volunteer, flow));
    this.#listPurpose = this.#network.purpose((volunteer) => this.#listed(volunteer));
    this.#sending = new Int32Array(this.#states.length);
    this.#method = methodOf(world.spec, world, {
      fetching: (volunteer) => this.#fetching(volunteer),
      behind: (volunteer) => this.#states[volunteer].fetch?.plan.behind ?? null,
      sending: (volunteer) => this.#sending[volunteer],
    });
    this.#swarms = new ExactSwarms({
      ...world,
      queue: world.transport.queue,
      stream: world.streams,
      onMoved: (from, to, bytes) => this.#tell(from, to, bytes),
      onFetched: (volunteer) => this.#fetched(volunteer),
    });
    this.#volunteers.whenLeaving((volunteer) => this.#interrupt(volunteer));
    this.#volunteers.whenReturning((volunteer) => this.#swarms.comeBack(volunteer));
  }

  /** Schedules the first synchronisation of every volunteer. */
  start(): void {
    const { first, spread } = this.#spec;
    for (let volunteer = 0; volunteer < this.#states.length; volunteer++) {
      const place = (volunteer + 0.5) / this.#states.length;
      this.#engine.after(first + spread * place, this.#start, volunteer);
    }
  }

  /** The volunteer is to hold the file; it will fetch it when it next synchronises. */
  want(volunteer: number, file: number): void {
    this.#states[volunteer].wanted.push(file);
    this.#states[volunteer].left += this.#catalogue.size[file];
  }

  /** Bytes of files the volunteer is to hold and has not fetched: `left` of an announce. */
  left(volunteer: number): number {
    return this.#states[volunteer].left - this.#states[volunteer].kept;
  }

  /** Files completed since the last call; the list becomes the caller's. */
  takeCompleted(volunteer: number): number[] {
    const state = this.#states[volunteer];
    const completed = state.completed;
    state.completed = [];
    return completed;
  }

  #begin(volunteer: number): void {
    this.#engine.after(this.#spec.every, this.#start, volunteer);
    const state = this.#states[volunteer];
    if (state.since !== null || !this.#volunteers.isOnline(volunteer)) return;
    state.since = this.#engine.now;
    state.files = 0;
    const opening = this.#spec.walk + this.#method.opening;
    state.walk = this.#engine.after(opening, this.#walk, volunteer);
    const { coverage } = this.#volunteers.classes[volunteer];
    const list = fromServer(volunteer, this.#spec.list * coverage);
    if (list.bytes === 0) return;
    state.list = { part: list, flow: this.#stream(list, this.#listPurpose, volunteer) };
  }

  #walked(volunteer: number): void {
    const state = this.#states[volunteer];
    state.walk = NO_TICKET;
    if (state.list === null) this.#fetch(volunteer);
  }

  #listed(volunteer: number): void {
    const state = this.#states[volunteer];
    this.#tell(SERVER_NODE, volunteer, state.list?.part.bytes ?? 0);
    state.list = null;
    if (state.walk === NO_TICKET) this.#fetch(volunteer);
  }

  #fetching(volunteer: number): number | null {
    const { fetch, wanted, next } = this.#states[volunteer];
    return fetch === null ? null : wanted[next];
  }

  #fetch(volunteer: number): void {
    const state = this.#states[volunteer];
    if (state.next === state.wanted.length) {
      this.#end(volunteer);
      return;
    }
    const file = state.wanted[state.next];
    const size = this.#catalogue.size[file];
    const chunk = this.#chunkSize.decide({ size }, this.#random).chunkSize;
    const missing = size - state.kept;
    state.fetch = new Fetch(this.#method.plan({ volunteer, file, missing, chunk }));
    this.#continue(volunteer, state.fetch);
  }

  /** Starts the next stage of the fetch; after the last, the file is there or waits for another. */
  #continue(volunteer: number, fetch: Fetch): void {
    const parts = fetch.nextStage();
    if (parts !== null) {
      for (const part of parts) this.#send(volunteer, fetch, part);
      return;
    }
    const { behind, joinsSwarm, chunk } = fetch.plan;
    if (joinsSwarm) {
      const { wanted, next } = this.#states[volunteer];
      this.#swarms.join(volunteer, wanted[next], chunk);
      return;
    }
    const isAhead = behind !== null && this.#isFetching(behind, volunteer);
    if (!isAhead) this.#fetched(volunteer);
  }

  /** Whether one volunteer still fetches what the other does. */
  #isFetching(volunteer: number, other: number): boolean {
    const [a, b] = [this.#fetching(volunteer), this.#fetching(other)];
    return a !== null && b !== null && this.#method.isSame(a, b);
  }

  #send(volunteer: number, fetch: Fetch, part: Part): void {
    const flow = this.#stream(part, this.#purpose, volunteer);
    fetch.flows.set(flow, part);
    if (part.from !== SERVER_NODE) this.#sending[part.from]++;
  }

  #stream({ from, to, bytes }: Part, purpose: number, owner: number): FlowId {
    const { weight, yields } = this.#spec;
    const route = this.#topology.synchronisation(from, to);
    return this.#network.start({
      path: route.data,
      bytes,
      weight,
      cap: Number.POSITIVE_INFINITY,
      purpose,
      owner,
      priority: yields ? 1 : 0,
      ...coupling(route, this.#transport.causes),
    });
  }

  #moved(volunteer: number, flow: FlowId): void {
    const { fetch } = this.#states[volunteer];
    const part = fetch?.flows.get(flow);
    assert(fetch !== null && part !== undefined, `volunteer ${volunteer} awaits no such stream`);
    this.#account(fetch, flow, part, part.bytes);
    if (fetch.flows.size === 0) this.#continue(volunteer, fetch);
    else if (part.from !== SERVER_NODE) this.#relieve(volunteer, fetch, part.from);
  }

  /** A volunteer that has sent its part takes over half of what the slowest other has left. */
  #relieve(volunteer: number, fetch: Fetch, helper: number): void {
    const slowest = fetch.slowest(helper, this.#left);
    if (slowest === null) return;
    const { flow, part } = slowest;
    const left = this.#network.abort(flow);
    this.#account(fetch, flow, part, part.bytes - left);
    for (const from of [part.from, helper]) {
      this.#send(volunteer, fetch, { from, to: volunteer, bytes: left / 2 });
    }
  }

  /** A stream has ended after `bytes`. */
  #account(fetch: Fetch, flow: FlowId, { from, to }: Part, bytes: number): void {
    fetch.flows.delete(flow);
    fetch.ended(bytes);
    if (from !== SERVER_NODE) this.#sending[from]--;
    this.#tell(from, to, bytes);
  }

  /** Bytes of synchronisation went from one node to another. */
  #tell(from: number, to: number, bytes: number): void {
    if (from === SERVER_NODE) this.#observer.pulled(to, bytes);
    else if (to === SERVER_NODE) this.#observer.returned(from, bytes);
    else this.#observer.exchanged(to, from, bytes);
  }

  #fetched(volunteer: number): void {
    const state = this.#states[volunteer];
    const file = state.wanted[state.next++];
    this.#volunteers.holds.add(volunteer, file);
    this.#disks.complete(volunteer, file, this.#engine.now);
    this.#observer.fetched(volunteer, file);
    state.completed.push(file);
    state.left -= this.#catalogue.size[file];
    state.fetch = null;
    state.kept = 0;
    state.files++;
    if (state.next > 1024 && state.next * 2 > state.wanted.length) state.forgetFetched();
    this.#release(volunteer);
    this.#fetch(volunteer);
  }

  /** Those that only waited for the volunteer's copy have theirs. */
  #release(volunteer: number): void {
    for (const [other, { fetch }] of this.#states.entries()) {
      const isReady = fetch !== null && fetch.plan.behind === volunteer && fetch.flows.size === 0;
      if (isReady) this.#fetched(other);
    }
  }

  #end(volunteer: number): void {
    const state = this.#states[volunteer];
    if (state.since === null) return;
    this.#observer.synchronised(volunteer, this.#engine.now - state.since, state.files);
    state.since = null;
  }

  /** The volunteer has left. Complete chunks stay; the one under way is lost. */
  #interrupt(volunteer: number): void {
    const state = this.#states[volunteer];
    this.#engine.cancel(state.walk);
    state.walk = NO_TICKET;
    this.#dropList(volunteer);
    this.#swarms.leave(volunteer);
    const progress = state.fetch?.progress(this.#left) ?? 1;
    if (state.fetch !== null) this.#breakOff(volunteer, state.fetch, this.#ahead(state.fetch));
    this.#end(volunteer);
    for (const [other, { fetch }] of this.#states.entries()) {
      if (!fetch?.takesFrom(volunteer)) continue;
      this.#breakOff(other, fetch, fetch.plan.behind === volunteer ? progress : 1);
      this.#fetch(other);
    }
  }

  #dropList(volunteer: number): void {
    const state = this.#states[volunteer];
    if (state.list === null) return;
    const { flow, part } = state.list;
    this.#tell(SERVER_NODE, volunteer, part.bytes - this.#network.abort(flow));
    state.list = null;
  }

  /** What there is of the file to be had: how far the one that the fetch waits for has come. */
  #ahead({ plan: { behind } }: Fetch): number {
    const source = behind === null ? null : this.#states[behind].fetch;
    return source?.progress(this.#left) ?? 1;
  }

  /** Ends a fetch early. Of what has come, no more than `available` of the file can be complete. */
  #breakOff(volunteer: number, fetch: Fetch, available: number): void {
    const state = this.#states[volunteer];
    for (const [flow, part] of fetch.flows) {
      this.#account(fetch, flow, part, part.bytes - this.#network.abort(flow));
    }
    const moved = fetch.moved(this.#left);
    state.kept += fetch.plan.kept(Math.min(moved, available * bytesOfLast(fetch.plan)));
    state.fetch = null;
  }
}
