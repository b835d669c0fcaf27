import { type Bound, SERVER, type Sync, type SyncView } from "../policies/index.ts";
import type { Actions } from "./actions.ts";
import { refill } from "./columns.ts";

/** One policy for each volunteer; null where volunteers keep timetables of their own. */
export type BindSync = (() => Bound<SyncView, Sync, never>) | null;

/** What a volunteer tells of itself when it asks for a time to synchronise. */
export type SyncLook = Omit<SyncView, "node" | "now" | "timeOfDay" | "lastSync">;

const DAY = 86_400;

/**
 * When each volunteer synchronises, where from, and how fast: by a policy that is asked when the
 * volunteer has something new to fetch, has done so, or comes on line.
 */
export class SyncTiming {
  readonly #bind: BindSync;
  readonly #actions: Actions;
  readonly #policies: Bound<SyncView, Sync, never>[] = [];
  /** Host time of the next synchronisation, in seconds, and where from. */
  readonly #due: number[] = [];
  readonly #from: number[] = [];
  readonly #lastSync: number[] = [];
  #next = Number.POSITIVE_INFINITY;

  constructor(bind: BindSync, actions: Actions) {
    this.#bind = bind;
    this.#actions = actions;
  }

  register(volunteer: number): void {
    if (this.#bind !== null) this.#policies[volunteer] ??= this.#bind();
    this.#due[volunteer] ??= Number.POSITIVE_INFINITY;
    this.#from[volunteer] ??= SERVER;
    this.#lastSync[volunteer] ??= Number.NEGATIVE_INFINITY;
  }

  /** Host time of the next synchronisation of all, in seconds. */
  get next(): number {
    return this.#next;
  }

  /** The volunteer, which is not synchronising, asks when to; not before then. */
  plan(volunteer: number, look: SyncLook, now: number, notBefore: number): void {
    const { at, from } = this.#decide(volunteer, look, now);
    this.#from[volunteer] = from;
    this.#set(volunteer, at === Number.POSITIVE_INFINITY ? at : Math.max(at, now, notBefore));
  }

  /** The volunteer, which is synchronising, asks how fast it may: bytes per second. */
  pace(volunteer: number, look: SyncLook, now: number): number {
    return this.#decide(volunteer, look, now).rate;
  }

  /** The volunteer has begun to synchronise. */
  began(volunteer: number, now: number): void {
    this.#lastSync[volunteer] = now;
  }

  tick(now: number): void {
    if (this.#next > now) return;
    for (const [volunteer, due] of this.#due.entries()) {
      if (due > now) continue;
      this.#set(volunteer, Number.POSITIVE_INFINITY);
      this.#actions.add("synchronise", volunteer, this.#from[volunteer]);
    }
  }

  #set(volunteer: number, due: number): void {
    const before = this.#due[volunteer];
    this.#due[volunteer] = due;
    if (due <= this.#next) this.#next = due;
    else if (before === this.#next) {
      this.#next = this.#due.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
    }
  }

  #decide(volunteer: number, look: SyncLook, now: number): Sync {
    const lastSync = this.#lastSync[volunteer];
    const view = { node: volunteer, now, timeOfDay: now % DAY, lastSync, ...look };
    return this.#policies[volunteer].decide(view, () => 0);
  }

  save() {
    return {
      due: [...this.#due],
      from: [...this.#from],
      lastSync: [...this.#lastSync],
      memories: this.#policies.map((policy) => policy.memory ?? null),
    };
  }

  load(saved: ReturnType<SyncTiming["save"]>): void {
    refill(this.#due, saved.due);
    refill(this.#from, saved.from);
    refill(this.#lastSync, saved.lastSync);
    this.#next = saved.due.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
    for (const [node, memory] of saved.memories.entries()) this.#policies[node].recall(memory);
  }
}
