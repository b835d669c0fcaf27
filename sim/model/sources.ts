import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Network } from "../network/network.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Disks } from "./disks.ts";
import { SERVER_NODE } from "./events.ts";
import { Peers } from "./peers.ts";
import { PullThrough } from "./pull-through.ts";
import type { RepositoryServer } from "./server.ts";
import type { SyncStreams } from "./sync/streams.ts";
import type { SystemSpec } from "./system.ts";
import type { Treatment, Volunteers } from "./volunteers.ts";

/** What a source does with a request that has reached it. */
export type Answer = "serves" | "refuses" | "waits" | "is gone";

export interface SourcesWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly server: RepositoryServer;
  readonly volunteers: Volunteers;
  readonly disks: Disks;
  readonly catalogue: Catalogue;
  readonly system: SystemSpec;
  readonly syncStreams: SyncStreams;
  readonly random: Stream;
}

/** Told of requests whose source has changed its mind. */
export interface SourcesHost {
  /** The source has left in the middle. */
  broken(request: number): void;
  /** A request that waited can be served. */
  ready(request: number): void;
}

/**
 * All that can send a file to a customer: the server, the volunteers by their numbers, and, where
 * customers pass on what they have, customers by their numbers behind those of the volunteers.
 */
export class Sources {
  readonly #world: SourcesWorld;
  #host: SourcesHost = { broken() {}, ready() {} };
  readonly #peers: Peers | null;
  readonly #pulls: PullThrough;
  /** Requests that each node is sending or preparing, in order of their start. */
  readonly #sending = new Map<number, Set<number>>();

  constructor(world: SourcesWorld) {
    const { engine, network, server, volunteers, system, syncStreams } = world;
    const { uploads } = system.customers;
    this.#world = world;
    this.#peers =
      uploads === null
        ? null
        : new Peers(engine, uploads, world.random, (peer) => this.#left(this.#nodeOf(peer)));
    this.#pulls = new PullThrough({
      volunteers,
      streams: syncStreams,
      purpose: network.purpose((pull) => this.#pulls.moved(pull), "pull"),
      serverIsUp: () => server.isUp,
      complete: (volunteer, file, waiting) => this.#cached(volunteer, file, waiting),
      failed: (waiting) => {
        for (const request of waiting) this.#host.broken(request);
      },
    });
    volunteers.whenLeaving((volunteer) => this.#left(volunteer));
    server.whenFailing(() => this.#left(SERVER_NODE));
  }

  /** Who is told of requests whose source has changed its mind. */
  serve(host: SourcesHost): void {
    this.#host = host;
  }

  /** Deliveries that the node is sending or preparing. */
  sending(node: number): number {
    return this.#sending.get(node)?.size ?? 0;
  }

  /** A customer's node that can send the file to another, at random; null if there is none. */
  peerFor(file: number, customer: number): number | null {
    const peer = this.#peers?.choose(file, customer) ?? null;
    return peer === null ? null : this.#nodeOf(peer);
  }

  isVolunteer(node: number): boolean {
    return node !== SERVER_NODE && node < this.#world.volunteers.count;
  }

  /** Bytes per second that the node gives one delivery at most. */
  capOf(node: number): number {
    const { volunteers } = this.#world;
    return this.isVolunteer(node)
      ? volunteers.classes[node].transferRate
      : Number.POSITIVE_INFINITY;
  }

  treat(node: number, file: number): Treatment {
    const { volunteers } = this.#world;
    return this.isVolunteer(node) ? volunteers.treat(node, file, "customer") : "honest";
  }

  /** The request for the file has reached the node. */
  answer(node: number, request: number, file: number): Answer {
    if (node === SERVER_NODE) return this.#world.server.isUp ? "serves" : "is gone";
    return this.isVolunteer(node)
      ? this.#answerOf(node, request, file)
      : this.#answerOfPeer(this.#customerOf(node), file);
  }

  /** The node sends the request's file from now on, or prepares to. */
  begin(node: number, request: number): void {
    const sending = this.#sending.get(node) ?? new Set();
    this.#sending.set(node, sending);
    sending.add(request);
    if (this.#isPeer(node)) this.#peers?.uploading(this.#customerOf(node), 1);
  }

  /** The node has sent it, or was stopped. */
  end(node: number, request: number): void {
    this.#sending.get(node)?.delete(request);
    this.#pulls.forget(request);
    if (this.#isPeer(node)) this.#peers?.uploading(this.#customerOf(node), -1);
  }

  /** A customer has the file. */
  delivered(customer: number, file: number): void {
    this.#peers?.completed(customer, file);
  }

  #answerOf(volunteer: number, request: number, file: number): Answer {
    const { volunteers, disks, catalogue, engine } = this.#world;
    if (!volunteers.isOnline(volunteer)) return "is gone";
    if (volunteers.serves(volunteer, file)) {
      disks.used(volunteer, file, engine.now);
      return "serves";
    }
    const size = catalogue.size[file];
    const { caches } = volunteers.classes[volunteer];
    return caches && this.#pulls.want(volunteer, file, size, request) ? "waits" : "refuses";
  }

  #answerOfPeer(peer: number, file: number): Answer {
    if (this.#peers?.isOnline(peer) !== true) return "is gone";
    return this.#peers.has(peer, file) ? "serves" : "refuses";
  }

  #cached(volunteer: number, file: number, waiting: readonly number[]): void {
    const { volunteers, disks, engine } = this.#world;
    if (disks.makeRoom(volunteer, file)) {
      disks.promise(volunteer, file);
      volunteers.complete(volunteer, file);
      disks.complete(volunteer, file, engine.now);
    }
    for (const request of waiting) this.#host.ready(request);
  }

  #left(node: number): void {
    this.#pulls.breakOff(node);
    for (const request of [...(this.#sending.get(node) ?? [])]) this.#host.broken(request);
  }

  #isPeer(node: number): boolean {
    return node >= this.#world.volunteers.count;
  }

  #customerOf(node: number): number {
    return node - this.#world.volunteers.count;
  }

  #nodeOf(customer: number): number {
    return customer + this.#world.volunteers.count;
  }
}
