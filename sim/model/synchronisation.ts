import { assert } from "../engine/assert.ts";
import type { Engine } from "../engine/engine.ts";
import type { FlowId } from "../network/network.ts";
import { SERVER } from "../policies/index.ts";
import { BitTable } from "./bits.ts";
import { ExactSwarms } from "./sync/exact-swarms.ts";
import { methodsOf } from "./sync/method.ts";
import { nextPlan } from "./sync/next-plan.ts";
import { Openings } from "./sync/opening.ts";
import { bytesOfLast, filesOf, type Method, type Part } from "./sync/plan.ts";
import { Fetch, Pull } from "./sync/pull.ts";
import { SyncSchedule } from "./sync/schedule.ts";
import type { SyncStreams } from "./sync/streams.ts";
import type { SynchronisationWorld } from "./sync/world.ts";

/**
 * Volunteers fetch what they are to hold, file by file, by the method of the system.
 *
 * Each starts at its own time of day or when its policy says, walks the list of files while that is
 * on its way, then fetches what is missing. A file travels in chunks that are checked one by one: an
 * interrupted fetch keeps the chunks that are complete and goes on behind them at the next
 * synchronisation. One whose source leaves goes on at once, from others.
 */
export class Synchronisation {
  readonly #world: SynchronisationWorld;
  readonly #engine: Engine;
  readonly #states: Pull[];
  readonly #streams: SyncStreams;
  readonly #schedule: SyncSchedule;
  readonly #swarms: ExactSwarms;
  readonly #methodFor: (from: number) => Method;
  readonly #purpose: number;
  readonly #openings: Openings;
  /** When each file got the bytes that it has, in seconds; `-Infinity` if before the start. */
  readonly #publishedAt: Float64Array;
  /** False as long as nobody has waited for what another fetches: nobody is to be looked for then. */
  #mayWait = false;
  readonly #left = (flow: FlowId) => this.#streams.left(flow);

  constructor(world: SynchronisationWorld) {
    const { engine, network, volunteers, server, spec } = world;
    this.#world = world;
    this.#engine = engine;
    const waiting = new BitTable(volunteers.count, world.catalogue.files);
    this.#states = Array.from({ length: volunteers.count }, (_, v) => new Pull(waiting, v));
    this.#streams = world.syncStreams;
    this.#publishedAt = Float64Array.from(world.catalogue.release);
    this.#schedule = new SyncSchedule(engine, spec, world.coordination, world.isTimetable, {
      volunteers: volunteers.count,
      look: (volunteer) => this.#look(volunteer),
      begin: (volunteer, from) => this.#begin(volunteer, from),
      isUnderWay: (volunteer) => this.#states[volunteer].since !== null,
      limit: (volunteer, rate) => world.topology.limitSynchronisation(volunteer, rate),
    });
    this.#openings = new Openings(engine, network, this.#streams, (volunteer) =>
      this.#fetch(volunteer),
    );
    this.#purpose = network.purpose((volunteer, flow) => this.#moved(volunteer, flow), "volunteer");
    this.#methodFor = methodsOf(world, {
      fetching: (volunteer) => this.#fetching(volunteer),
      behind: (volunteer) => this.#states[volunteer].fetch?.plan.behind ?? null,
    });
    this.#swarms = new ExactSwarms({
      ...world,
      queue: world.transport.queue,
      stream: world.streams,
      policies: world.swarm,
      onMoved: (from, to, bytes) => this.#streams.tell(from, to, bytes),
      onFetched: (volunteer) => this.#fetched(volunteer),
    });
    volunteers.whenLeaving((volunteer) => this.#interrupt(volunteer));
    volunteers.whenReturning((volunteer) => {
      this.#swarms.comeBack(volunteer);
      this.#schedule.ask(volunteer);
    });
    server.whenFailing(() => this.#serverFailed());
    server.whenReturning(() => this.#swarms.comeBack(SERVER));
  }

  start(): void {
    this.#schedule.start();
  }

  /** The file has other bytes from now on. */
  republished(file: number): void {
    this.#publishedAt[file] = this.#engine.now;
  }

  /** The volunteer is to hold the file; it will fetch it when it next synchronises. */
  want(volunteer: number, file: number): void {
    const state = this.#states[volunteer];
    if (state.discards.delete(file) || state.wants(file)) return;
    const { stale } = this.#world.volunteers.classes[volunteer].conduct;
    state.want(file);
    if (stale) state.completed.push(file); // It will say that it has the file, though it has not.
    state.left += this.#world.catalogue.size[file];
    state.releasedAt = Math.max(state.releasedAt, this.#publishedAt[file]);
    this.#schedule.ask(volunteer);
  }

  /** Whether the volunteer is to fetch the file, or is fetching it. */
  wants(volunteer: number, file: number): boolean {
    return this.#states[volunteer].wants(file);
  }

  isFetching(volunteer: number, file: number): boolean {
    return this.#states[volunteer].isFetching(file);
  }

  /** The volunteer is not to fetch the file after all; it is not fetching it. */
  unwant(volunteer: number, file: number): void {
    const state = this.#states[volunteer];
    if (state.remove(file)) state.left -= this.#world.catalogue.size[file];
    this.#swarms.forget(volunteer, file);
  }

  /** The volunteer is to delete the file, which it is fetching, as soon as it is there. */
  discard(volunteer: number, file: number): void {
    this.#states[volunteer].discards.add(file);
  }

  /** Files that the volunteer is to hold and has not fetched. */
  pending(volunteer: number): readonly number[] {
    const { wanted, next } = this.#states[volunteer];
    return wanted.slice(next);
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

  #look(volunteer: number) {
    const { topology, network } = this.#world;
    const { wanted, next, releasedAt } = this.#states[volunteer];
    const { uplink } = topology.volunteers[volunteer];
    return {
      pendingFiles: wanted.length - next,
      pendingBytes: this.left(volunteer),
      releasedAt,
      capacity: network.capacity(uplink),
      delivering: network.linkRate(uplink),
    };
  }

  #begin(volunteer: number, from: number): boolean {
    const { volunteers, server, spec } = this.#world;
    if (!volunteers.isOnline(volunteer) || !server.isUp) return false;
    const state = this.#states[volunteer];
    state.since = this.#engine.now;
    state.files = 0;
    state.from = from;
    const seconds = spec.walk + this.#methodFor(from).opening;
    const list = spec.list * volunteers.classes[volunteer].coverage;
    this.#openings.begin(volunteer, seconds, list);
    return true;
  }

  #fetching(volunteer: number): number | null {
    const { fetch, wanted, next } = this.#states[volunteer];
    return fetch === null ? null : wanted[next];
  }

  #fetch(volunteer: number): void {
    const { server, volunteers } = this.#world;
    const state = this.#states[volunteer];
    state.awaits = null;
    if (state.next === state.wanted.length || !server.isUp) {
      this.#end(volunteer);
      return;
    }
    const file = state.wanted[state.next];
    if (state.from >= 0 && !volunteers.holds.has(state.from, file)) {
      if (this.#isComingTo(state.from, file)) {
        state.awaits = state.from;
        this.#mayWait = true;
        return;
      }
      state.from = SERVER; // The parent will not have it: the rest comes from the server.
    }
    const plan = nextPlan(this.#world, this.#methodFor(state.from), volunteer, state);
    if (plan.behind !== null) this.#mayWait = true;
    state.fetch = new Fetch(plan);
    this.#continue(volunteer, state.fetch);
  }

  /** Whether the volunteer is at work on the file, so that another can wait for it. */
  #isComingTo(volunteer: number, file: number): boolean {
    const state = this.#states[volunteer];
    return state.since !== null && state.wants(file);
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
    return a !== null && b !== null && this.#methodFor(SERVER).isSame(a, b);
  }

  #send(volunteer: number, fetch: Fetch, part: Part): void {
    fetch.flows.set(this.#streams.start(part, this.#purpose, volunteer), part);
  }

  #moved(volunteer: number, flow: FlowId): void {
    const { fetch } = this.#states[volunteer];
    const part = fetch?.flows.get(flow);
    assert(fetch !== null && part !== undefined, `volunteer ${volunteer} awaits no such stream`);
    fetch.flows.delete(flow);
    fetch.ended(part.bytes);
    this.#streams.ended(part);
    if (fetch.flows.size === 0) this.#continue(volunteer, fetch);
    else if (part.from !== SERVER) this.#relieve(volunteer, fetch, part.from);
  }

  /** A volunteer that has sent its part takes over half of what the slowest other has left. */
  #relieve(volunteer: number, fetch: Fetch, helper: number): void {
    const slowest = fetch.slowest(helper, this.#left);
    if (slowest === null) return;
    const { flow, part } = slowest;
    const moved = this.#abort(fetch, flow, part);
    for (const from of [part.from, helper]) {
      this.#send(volunteer, fetch, { from, to: volunteer, bytes: (part.bytes - moved) / 2 });
    }
  }

  /** Ends a stream of the fetch early; returns the bytes that it has moved. */
  #abort(fetch: Fetch, flow: FlowId, part: Part): number {
    const moved = this.#streams.abort(flow, part);
    fetch.flows.delete(flow);
    fetch.ended(moved);
    return moved;
  }

  #fetched(volunteer: number): void {
    const state = this.#states[volunteer];
    const files = state.fetch === null ? 1 : filesOf(state.fetch.plan);
    for (let file = 0; file < files; file++) this.#complete(volunteer);
    state.fetch = null;
    this.#release(volunteer);
    this.#fetch(volunteer);
  }

  /** The next file of the volunteer is there. */
  #complete(volunteer: number): void {
    const { volunteers, disks, catalogue, observer } = this.#world;
    const state = this.#states[volunteer];
    const file = state.done();
    volunteers.complete(volunteer, file);
    disks.complete(volunteer, file, this.#engine.now);
    observer.fetched(volunteer, file, this.#publishedAt[file]);
    if (state.discards.delete(file)) disks.drop(volunteer, file);
    else state.completed.push(file);
    state.left -= catalogue.size[file];
    state.kept = 0;
    state.files++;
  }

  /** Those that only waited for the volunteer's copy have theirs, or can fetch it now. */
  #release(volunteer: number): void {
    if (!this.#mayWait) return;
    for (const [other, { fetch, awaits }] of this.#states.entries()) {
      const isReady = fetch !== null && fetch.plan.behind === volunteer && fetch.flows.size === 0;
      if (isReady) this.#fetched(other);
      else if (awaits === volunteer) this.#fetch(other);
    }
  }

  #end(volunteer: number): void {
    const state = this.#states[volunteer];
    if (state.since === null) return;
    this.#world.observer.synchronised(volunteer, this.#engine.now - state.since, state.files);
    state.since = null;
    if (this.#mayWait) {
      for (const [other, { awaits }] of this.#states.entries()) {
        if (awaits === volunteer) this.#fetch(other);
      }
    }
    this.#schedule.ended(volunteer, state.files);
  }

  /** The volunteer has left. Complete chunks stay; the one under way is lost. */
  #interrupt(volunteer: number): void {
    this.#swarms.leave(volunteer);
    this.#stop(volunteer);
  }

  /** The server does not answer: what comes from it breaks off; what comes from others goes on. */
  #serverFailed(): void {
    this.#swarms.leave(SERVER);
    for (const [volunteer, { since, fetch }] of this.#states.entries()) {
      const needsIt = this.#openings.isUnderWay(volunteer) || fetch?.takesFrom(SERVER);
      if (since !== null && needsIt) this.#stop(volunteer);
    }
  }

  #stop(volunteer: number): void {
    const state = this.#states[volunteer];
    this.#openings.stop(volunteer);
    state.awaits = null;
    const progress = state.fetch?.progress(this.#left) ?? 1;
    if (state.fetch !== null) this.#breakOff(volunteer, state.fetch, this.#ahead(state.fetch));
    this.#end(volunteer);
    for (const [other, { fetch }] of this.#states.entries()) {
      if (!fetch?.takesFrom(volunteer)) continue;
      this.#breakOff(other, fetch, fetch.plan.behind === volunteer ? progress : 1);
      this.#fetch(other);
    }
  }

  /** What there is of the file to be had: how far the one that the fetch waits for has come. */
  #ahead({ plan: { behind } }: Fetch): number {
    const source = behind === null ? null : this.#states[behind].fetch;
    return source?.progress(this.#left) ?? 1;
  }

  /** Ends a fetch early. Of what has come, no more than `available` of the file can be complete. */
  #breakOff(volunteer: number, fetch: Fetch, available: number): void {
    const state = this.#states[volunteer];
    for (const [flow, part] of [...fetch.flows]) this.#abort(fetch, flow, part);
    const moved = Math.min(fetch.moved(this.#left), available * bytesOfLast(fetch.plan));
    const whole = fetch.plan.batch?.whole(moved) ?? 0;
    for (let file = 0; file < whole; file++) this.#complete(volunteer);
    state.kept += fetch.plan.kept(moved);
    state.fetch = null;
  }
}
