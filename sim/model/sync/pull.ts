import type { FlowId } from "../../network/network.ts";
import { SERVER } from "../../policies/index.ts";
import type { BitTable } from "../bits.ts";
import { SERVER_NODE } from "../events.ts";
import { bytesOfLast, filesOf, type Part, type Plan } from "./plan.ts";

/** Files done at which a list is worth shortening. */
const LONG = 1024;

/** What one volunteer is to fetch, and how far it has come. */
export class Pull {
  /** Files in the order they are to be fetched; those before `next` are done. Add by `want`. */
  wanted: number[] = [];
  next = 0;
  /** Bytes of the files from `next` on. */
  left = 0;
  completed: number[] = [];
  /** Files under way that are to be deleted when they are there. */
  readonly discards = new Set<number>();
  /** Release of the newest file that it was ever to fetch, in seconds. */
  releasedAt = Number.NEGATIVE_INFINITY;
  /** When the synchronisation under way began, or null; and where it fetches from. */
  since: number | null = null;
  from: number = SERVER;
  /** The volunteer whose copy of the next file it waits for, or null. */
  awaits: number | null = null;
  /** The fetch under way, or null. */
  fetch: Fetch | null = null;
  /** Bytes of the file under way that an interrupted synchronisation left complete. */
  kept = 0;
  /** Files fetched in the synchronisation under way. */
  files = 0;

  /** What of `wanted` is not done, as a row of bits: lists are long and often asked. */
  readonly #waiting: BitTable;
  readonly #row: number;
  /** Files at the beginning of `wanted` that have been put in order. */
  #arranged = 0;

  constructor(waiting: BitTable, row: number) {
    this.#waiting = waiting;
    this.#row = row;
  }

  wants(file: number): boolean {
    return this.#waiting.has(this.#row, file);
  }

  /** Whether the fetch under way brings the file. */
  isFetching(file: number): boolean {
    if (this.fetch === null) return false;
    const end = this.next + filesOf(this.fetch.plan);
    for (let at = this.next; at < end; at++) if (this.wanted[at] === file) return true;
    return false;
  }

  want(file: number): void {
    this.wanted.push(file);
    this.#waiting.add(this.#row, file);
  }

  /** Puts those files in order that have been added since it was done last. */
  arrange(order: (files: readonly number[]) => readonly number[]): void {
    const from = Math.max(this.#arranged, this.next);
    if (from < this.wanted.length) {
      for (const [at, file] of order(this.wanted.slice(from)).entries()) {
        this.wanted[from + at] = file;
      }
    }
    this.#arranged = this.wanted.length;
  }

  /** Fetches the next file, of which nothing has come yet, after all others. */
  putOff(): void {
    this.wanted.push(this.wanted[this.next++]);
    this.#arranged = this.wanted.length;
    this.#shorten();
  }

  /** Takes the next file, which is done, off the list. */
  done(): number {
    const file = this.wanted[this.next++];
    this.#waiting.remove(this.#row, file);
    this.#shorten();
    return file;
  }

  /** Takes the file off the list; true if it was on it. */
  remove(file: number): boolean {
    if (!this.wants(file)) return false;
    const at = this.wanted.indexOf(file, this.next);
    this.wanted.splice(at, 1);
    this.#waiting.remove(this.#row, file);
    if (at < this.#arranged) this.#arranged--;
    if (at === this.next) this.kept = 0;
    return true;
  }

  /** Forgets those that are done, when they are many. */
  #shorten(): void {
    if (this.next <= LONG || this.next * 2 <= this.wanted.length) return;
    this.wanted = this.wanted.slice(this.next);
    this.#arranged = Math.max(0, this.#arranged - this.next);
    this.next = 0;
  }
}

/** A plan that is being carried out. */
export class Fetch {
  readonly plan: Plan;
  /** Streams under way, each with its part of the plan. */
  readonly flows = new Map<FlowId, Part>();
  #stage = -1;
  /** Bytes of the last stage whose parts have ended. */
  #moved = 0;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** The parts of the next stage, or null if that was the last. */
  nextStage(): readonly Part[] | null {
    return this.plan.stages[++this.#stage] ?? null;
  }

  /** A part of the stage under way has ended, whole or not, after `bytes`. */
  ended(bytes: number): void {
    if (this.#stage === this.plan.stages.length - 1) this.#moved += bytes;
  }

  /** Bytes of the last stage that have come; `left` tells what a stream has still to move. */
  moved(left: (flow: FlowId) => number): number {
    if (this.#stage < this.plan.stages.length - 1) return 0;
    let moved = this.#moved;
    for (const [flow, { bytes }] of this.flows) moved += bytes - left(flow);
    return moved;
  }

  /** Share of the last stage that has come; of one that comes by an exact swarm, none that counts. */
  progress(left: (flow: FlowId) => number): number {
    const bytes = bytesOfLast(this.plan);
    return bytes === 0 ? 0 : this.moved(left) / bytes;
  }

  /**
   * The stream from a volunteer other than `helper` that has most left, if that is worth sharing:
   * two chunks, and a sixteenth of it all, so that a fetch is not divided without end.
   */
  slowest(helper: number, left: (flow: FlowId) => number): { flow: FlowId; part: Part } | null {
    let slowest: { flow: FlowId; part: Part } | null = null;
    let most = Math.max(2 * this.plan.chunk, bytesOfLast(this.plan) / 16);
    for (const [flow, part] of this.flows) {
      if (part.from === SERVER_NODE || part.from === helper || left(flow) <= most) continue;
      most = left(flow);
      slowest = { flow, part };
    }
    return slowest;
  }

  takesFrom(volunteer: number): boolean {
    if (this.plan.behind === volunteer) return true;
    for (const { from } of this.flows.values()) if (from === volunteer) return true;
    return false;
  }
}
