import type { Disks } from "./disks.ts";
import { SERVER_NODE } from "./events.ts";
import type { Peers } from "./peers.ts";
import type { PullThrough } from "./pull-through.ts";
import type { RepositoryServer } from "./server.ts";
import type { Treatment, Volunteers } from "./volunteers.ts";

/** What a source does with a request that has reached it. */
export type Answer = "serves" | "refuses" | "waits" | "is gone";

/** Told of requests whose source has changed its mind. */
export interface SourcesHost {
  /** The source has left in the middle. */
  broken(request: number): void;
  /** A request that waited can be served. */
  ready(request: number): void;
}

/** Told when nodes begin and end to send, in order. */
export interface SendingWatcher {
  begun?(node: number, request: number): void;
  /** The node has sent `bytes` of the request's file, be that all or not. */
  ended?(node: number, request: number, bytes: number): void;
}

/**
 * All that can send a file to a customer: the server, the volunteers by their numbers, and, where
 * customers pass on what they have, customers by their numbers behind those of the volunteers.
 */
export class Sources {
  readonly #server: RepositoryServer;
  readonly #volunteers: Volunteers;
  readonly #disks: Disks;
  readonly #peers: Peers | null;
  readonly #pulls: PullThrough;
  #host: SourcesHost = { broken() {}, ready() {} };
  readonly #watchers: SendingWatcher[] = [];
  /** Requests that each node is sending or preparing, in order of their start. */
  readonly #sending = new Map<number, Set<number>>();

  /** `peers`: null where customers do not pass on what they have. */
  constructor(
    server: RepositoryServer,
    volunteers: Volunteers,
    disks: Disks,
    peers: Peers | null,
    pulls: PullThrough,
  ) {
    this.#server = server;
    this.#volunteers = volunteers;
    this.#disks = disks;
    this.#peers = peers;
    this.#pulls = pulls;
    pulls.serve({
      complete: (volunteer, file, waiting) => this.#cached(volunteer, file, waiting),
      failed: (waiting) => {
        for (const request of waiting) this.#host.broken(request);
      },
    });
    peers?.whenLeaving((peer) => this.#left(this.#nodeOf(peer)));
    volunteers.whenLeaving((volunteer) => this.#left(volunteer));
    server.whenFailing(() => this.#left(SERVER_NODE));
  }

  /** Who is told of requests whose source has changed its mind. */
  serve(host: SourcesHost): void {
    this.#host = host;
  }

  whenSending(watcher: SendingWatcher): void {
    this.#watchers.push(watcher);
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
    return node !== SERVER_NODE && node < this.#volunteers.count;
  }

  /** Bytes per second that the node gives one delivery at most. */
  capOf(node: number): number {
    return this.isVolunteer(node)
      ? this.#volunteers.classes[node].transferRate
      : Number.POSITIVE_INFINITY;
  }

  treat(node: number, file: number): Treatment {
    return this.isVolunteer(node) ? this.#volunteers.treat(node, file, "customer") : "honest";
  }

  /** The request for the file has reached the node. */
  answer(node: number, request: number, file: number): Answer {
    if (node === SERVER_NODE) return this.#server.isUp ? "serves" : "is gone";
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
    for (const watcher of this.#watchers) watcher.begun?.(node, request);
  }

  /** The node has sent it, or was stopped after `bytes`. */
  end(node: number, request: number, bytes: number): void {
    this.#sending.get(node)?.delete(request);
    this.#pulls.forget(request);
    if (this.#isPeer(node)) this.#peers?.uploading(this.#customerOf(node), -1);
    for (const watcher of this.#watchers) watcher.ended?.(node, request, bytes);
  }

  /** A customer has the file. */
  delivered(customer: number, file: number): void {
    this.#peers?.completed(customer, file);
  }

  #answerOf(volunteer: number, request: number, file: number): Answer {
    if (!this.#volunteers.isOnline(volunteer)) return "is gone";
    if (this.#volunteers.serves(volunteer, file)) {
      this.#disks.used(volunteer, file);
      return "serves";
    }
    const { caches } = this.#volunteers.classes[volunteer];
    return caches && this.#pulls.want(volunteer, file, request) ? "waits" : "refuses";
  }

  #answerOfPeer(peer: number, file: number): Answer {
    if (this.#peers?.isOnline(peer) !== true) return "is gone";
    return this.#peers.has(peer, file) ? "serves" : "refuses";
  }

  #cached(volunteer: number, file: number, waiting: readonly number[]): void {
    if (this.#disks.makeRoom(volunteer, file)) {
      this.#disks.promise(volunteer, file);
      this.#disks.complete(volunteer, file);
    }
    for (const request of waiting) this.#host.ready(request);
  }

  #left(node: number): void {
    this.#pulls.breakOff(node);
    for (const request of [...(this.#sending.get(node) ?? [])]) this.#host.broken(request);
  }

  #isPeer(node: number): boolean {
    return node >= this.#volunteers.count;
  }

  #customerOf(node: number): number {
    return node - this.#volunteers.count;
  }

  #nodeOf(customer: number): number {
    return customer + this.#volunteers.count;
  }
}
