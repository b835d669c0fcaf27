import { type FileSet, membership } from "../../../coordinator/file-set.ts";
import { SERVER, SWARM } from "../../../policies/index.ts";
import type { CatalogueView } from "../../parts.ts";
import { addressOf } from "../bases.ts";
import type { Command } from "../protocol/schemas.ts";
import { BitSet } from "./bit-set.ts";

/** What of a volunteer's announce settles what it was told. */
export interface Settling {
  readonly completed: readonly number[];
  readonly dropped: readonly number[];
  readonly started: boolean;
  readonly holds?: FileSet;
}

/** What one volunteer is to be told, until it tells that it has done so. A file is in one set at most. */
interface Queue {
  readonly fetch: BitSet;
  readonly drop: BitSet;
  /** Files that it has begun to fetch or to delete. */
  readonly begun: BitSet;
  /** When to synchronise is told once more with each answer: where from, and which of such commands. */
  from: number | null;
  turn: number;
  /** Where the next answer begins. */
  at: number;
}

/**
 * What volunteers are to be told: the newest for each file. An answer has so many; the next goes on
 * after them, and comes round to those that nothing has been heard of. The id of a command is four times
 * its file, or its turn, and its kind.
 */
export class Commands {
  readonly #catalogue: CatalogueView;
  readonly #base: string;
  readonly #basesOf: (volunteer: number) => readonly string[];
  readonly #queues: Queue[] = [];

  /** `base`: of the server itself, with a slash at the end. */
  constructor(
    catalogue: CatalogueView,
    base: string,
    basesOf: (volunteer: number) => readonly string[],
  ) {
    this.#catalogue = catalogue;
    this.#base = base;
    this.#basesOf = basesOf;
  }

  place(volunteer: number, file: number): void {
    const { fetch, drop, begun } = this.#of(volunteer);
    drop.delete(file);
    begun.delete(file);
    fetch.add(file);
  }

  drop(volunteer: number, file: number): void {
    const { fetch, drop, begun } = this.#of(volunteer);
    fetch.delete(file);
    begun.delete(file);
    drop.add(file);
  }

  /** `from`: a volunteer, `SERVER` or `SWARM`. */
  synchronise(volunteer: number, from: number): void {
    const queue = this.#of(volunteer);
    queue.from = from;
    queue.turn++;
  }

  /** Whether it has been told to synchronise, and has not begun yet. */
  isToSynchronise(volunteer: number): boolean {
    return this.#of(volunteer).from !== null;
  }

  /** It has begun to synchronise. */
  synchronises(volunteer: number): void {
    this.#of(volunteer).from = null;
  }

  /** Takes out what has been done. */
  settle(volunteer: number, { completed, dropped, started, holds }: Settling): void {
    const { fetch, drop, begun } = this.#of(volunteer);
    if (started) begun.clear(); // What it had begun has come to nothing.
    if (holds !== undefined) {
      const isHeld = membership(holds);
      for (let file = fetch.next(0); file >= 0; file = fetch.next(file + 1)) {
        if (isHeld(file)) fetch.delete(file);
      }
      for (let file = drop.next(0); file >= 0; file = drop.next(file + 1)) {
        if (!isHeld(file)) drop.delete(file);
      }
    }
    for (const file of completed) fetch.delete(file);
    for (const file of dropped) drop.delete(file);
  }

  /** Commands that it has begun are not told again before it starts anew. */
  began(volunteer: number, ids: readonly number[]): void {
    const queue = this.#of(volunteer);
    for (const id of ids) {
      const subject = Math.floor(id / 4);
      if (id % 4 === SYNCHRONISE) {
        if (subject === queue.turn) queue.from = null;
      } else if ((id % 4 === FETCH ? queue.fetch : queue.drop).has(subject)) {
        queue.begun.add(subject);
      }
    }
  }

  /** What to tell it now: so many commands at most. */
  next(volunteer: number, most: number): Command[] {
    const queue = this.#of(volunteer);
    const commands: Command[] = [];
    if (queue.from !== null) commands.push(this.#synchronisation(queue.from, queue.turn));
    const start = queue.at;
    let file = this.#after(queue, start);
    let hasWrapped = false;
    while (commands.length < most) {
      if (file < 0 && !hasWrapped) {
        hasWrapped = true;
        file = this.#after(queue, 0);
      }
      if (file < 0 || (hasWrapped && file >= start)) break;
      commands.push(this.#about(file, queue));
      queue.at = file + 1;
      file = this.#after(queue, file + 1);
    }
    return commands;
  }

  /** The next file from `file` on that it is to be told of; what the repository has no more is dropped. */
  #after({ fetch, drop, begun }: Queue, file: number): number {
    for (let at = file; ; at++) {
      const [fetched, dropped] = [fetch.next(at), drop.next(at)];
      at = fetched < 0 || dropped < 0 ? Math.max(fetched, dropped) : Math.min(fetched, dropped);
      if (at < 0) return -1;
      if (fetch.has(at) && !this.#catalogue.has(at)) fetch.delete(at);
      else if (!begun.has(at)) return at;
    }
  }

  #about(file: number, { fetch }: Queue): Command {
    const path = this.#catalogue.path(file);
    if (!fetch.has(file)) return { id: 4 * file + DROP, do: "drop", path };
    return {
      ...{ id: 4 * file + FETCH, do: "fetch", path },
      size: this.#catalogue.size(file),
      sha256: Buffer.from(this.#catalogue.sha256(file)).toString("hex"),
      from: [addressOf(this.#base, path)],
    };
  }

  #synchronisation(from: number, turn: number): Command {
    const over = from === SWARM ? "swarm" : "http";
    const bases = from === SERVER || from === SWARM ? [] : this.#basesOf(from);
    return {
      ...{ id: 4 * turn + SYNCHRONISE, do: "synchronise", over },
      from: [...bases, this.#base],
    };
  }

  #of(volunteer: number): Queue {
    this.#queues[volunteer] ??= {
      ...{ fetch: new BitSet(), drop: new BitSet(), begun: new BitSet() },
      ...{ from: null, turn: 0, at: 0 },
    };
    return this.#queues[volunteer];
  }

  /** Plain data and typed arrays, for a snapshot. */
  save() {
    return Array.from(this.#queues, (_, volunteer) => {
      const { fetch, drop, begun, from, turn } = this.#of(volunteer);
      return { fetch: fetch.words, drop: drop.words, begun: begun.words, from, turn };
    });
  }

  load(saved: ReturnType<Commands["save"]>): void {
    for (const [volunteer, { fetch, drop, begun, from, turn }] of saved.entries()) {
      this.#queues[volunteer] = {
        ...{ fetch: new BitSet(fetch), drop: new BitSet(drop), begun: new BitSet(begun) },
        ...{ from, turn, at: 0 },
      };
    }
  }
}

const FETCH = 0;
const DROP = 1;
const SYNCHRONISE = 2;
