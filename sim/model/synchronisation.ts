import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../engine/event-queue.ts";
import type { Stream } from "../engine/random.ts";
import type { Network } from "../network/network.ts";
import type { Bound, ChunkSize, ChunkSizeView } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Observer } from "./events.ts";
import type { SynchronisationSpec } from "./system.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/** Bytes of metadata that come with each chunk: a 16-byte digest (MD4, as rsync's) and its length. */
const CHUNK_METADATA = 20;

/**
 * Volunteers pull what they are to hold from the server, file by file, whole.
 *
 * Each starts at its own time of day, walks the file list, then fetches what is missing over one
 * connection. A file travels in chunks that are checked one by one: an interrupted pull keeps the
 * chunks that are complete and goes on behind them at the next synchronisation.
 */
export class Synchronisation {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #topology: Topology;
  readonly #volunteers: Volunteers;
  readonly #catalogue: Catalogue;
  readonly #spec: SynchronisationSpec;
  readonly #chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
  readonly #random: Stream;
  readonly #observer: Observer;
  readonly #states: Pull[];
  readonly #start: Kind;
  readonly #walked: Kind;
  readonly #purpose: number;

  constructor(world: {
    readonly engine: Engine;
    readonly network: Network;
    readonly topology: Topology;
    readonly volunteers: Volunteers;
    readonly catalogue: Catalogue;
    readonly spec: SynchronisationSpec;
    readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
    readonly random: Stream;
    readonly observer: Observer;
  }) {
    this.#engine = world.engine;
    this.#network = world.network;
    this.#topology = world.topology;
    this.#volunteers = world.volunteers;
    this.#catalogue = world.catalogue;
    this.#spec = world.spec;
    this.#chunkSize = world.chunkSize;
    this.#random = world.random;
    this.#observer = world.observer;
    this.#states = Array.from({ length: world.volunteers.count }, () => new Pull());
    this.#start = this.#engine.kind("sync.start", (volunteer) => this.#begin(volunteer));
    this.#walked = this.#engine.kind("sync.walked", (volunteer) => this.#fetch(volunteer));
    this.#purpose = this.#network.purpose((volunteer) => this.#fetched(volunteer));
    this.#volunteers.whenLeaving((volunteer) => this.#interrupt(volunteer));
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
    state.walk = this.#engine.after(this.#spec.walk, this.#walked, volunteer);
  }

  #fetch(volunteer: number): void {
    const state = this.#states[volunteer];
    state.walk = NO_TICKET;
    if (state.next === state.wanted.length) {
      this.#end(volunteer);
      return;
    }
    const size = this.#catalogue.size[state.wanted[state.next]];
    state.chunk = this.#chunkSize.decide({ size }, this.#random).chunkSize;
    state.flow = this.#network.start({
      path: this.#topology.synchronisation(volunteer),
      bytes: onWire(size - state.kept, state.chunk),
      weight: this.#spec.weight,
      cap: Number.POSITIVE_INFINITY,
      purpose: this.#purpose,
      owner: volunteer,
    });
  }

  #fetched(volunteer: number): void {
    const state = this.#states[volunteer];
    const file = state.wanted[state.next++];
    this.#observer.pulled(volunteer, onWire(this.#catalogue.size[file] - state.kept, state.chunk));
    this.#volunteers.holds.add(volunteer, file);
    state.completed.push(file);
    state.left -= this.#catalogue.size[file];
    state.flow = null;
    state.kept = 0;
    state.files++;
    if (state.next > 1024 && state.next * 2 > state.wanted.length) state.forgetFetched();
    this.#fetch(volunteer);
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
    if (state.flow !== null) {
      const size = this.#catalogue.size[state.wanted[state.next]];
      const total = onWire(size - state.kept, state.chunk);
      const moved = total - this.#network.abort(state.flow);
      this.#observer.pulled(volunteer, moved);
      state.kept += wholeChunks(moved, state.chunk);
      state.flow = null;
    }
    this.#end(volunteer);
  }
}

/** What one volunteer is to fetch, and how far it has come. */
class Pull {
  /** Files in the order they are to be fetched; those before `next` are done. */
  wanted: number[] = [];
  next = 0;
  /** Bytes of the files from `next` on. */
  left = 0;
  completed: number[] = [];
  /** When the synchronisation under way began, or null. */
  since: number | null = null;
  walk: Ticket = NO_TICKET;
  flow: number | null = null;
  chunk = 1;
  /** Bytes of the file under way that an interrupted synchronisation left complete. */
  kept = 0;
  /** Files fetched in the synchronisation under way. */
  files = 0;

  forgetFetched(): void {
    this.wanted = this.wanted.slice(this.next);
    this.next = 0;
  }
}

/** Bytes that cross the network for `payload` bytes of a file in chunks. */
export function onWire(payload: number, chunk: number): number {
  return payload + Math.ceil(payload / chunk) * CHUNK_METADATA;
}

/** Payload bytes in complete chunks among the `moved` bytes of a transfer. */
export function wholeChunks(moved: number, chunk: number): number {
  return Math.floor(moved / (chunk + CHUNK_METADATA)) * chunk;
}
