import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Bound, Eviction, EvictionView } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Volunteers } from "./volunteers.ts";

/** A copy on a volunteer's disk, as the eviction policy sees it. */
interface Copy {
  readonly file: number;
  readonly size: number;
  /** Seconds at which it was complete, and at which it was last sent to a customer. */
  since: number;
  usedAt: number;
}

/**
 * The disks of the volunteers: what is promised to them may not be more than they have, and what the
 * eviction policy deletes makes room. A volunteer without a limit deletes nothing.
 */
export class Disks {
  readonly #engine: Engine;
  readonly #catalogue: Catalogue;
  readonly #volunteers: Volunteers;
  readonly #policy: Bound<EvictionView, Eviction, never>;
  /** What the policy draws by, of the volunteers that have a limit. */
  readonly #random: readonly (Stream | null)[];
  /** Bytes of the files that each volunteer holds or is to fetch. */
  readonly #promised: Float64Array;
  /** Complete copies by file, of the volunteers that have a limit. */
  readonly #copies: readonly (Map<number, Copy> | null)[];
  readonly #dropped: number[][];

  constructor(
    engine: Engine,
    catalogue: Catalogue,
    volunteers: Volunteers,
    policy: Bound<EvictionView, Eviction, never>,
  ) {
    this.#engine = engine;
    this.#catalogue = catalogue;
    this.#volunteers = volunteers;
    this.#policy = policy;
    this.#promised = new Float64Array(volunteers.count);
    this.#copies = volunteers.classes.map(({ disk }) =>
      disk === Number.POSITIVE_INFINITY ? null : new Map<number, Copy>(),
    );
    this.#random = this.#copies.map((copies, volunteer) =>
      copies === null ? null : volunteers.chance(volunteer, "eviction"),
    );
    this.#dropped = volunteers.classes.map(() => []);
  }

  /** Bytes that are not promised to any file. */
  free(volunteer: number): number {
    return this.#volunteers.classes[volunteer].disk - this.#promised[volunteer];
  }

  /** Deletes the least recently used copies until the file fits; false if it never will. */
  makeRoom(volunteer: number, file: number): boolean {
    const size = this.#catalogue.size[file];
    const copies = this.#copies[volunteer];
    if (size > this.#volunteers.classes[volunteer].disk) return false;
    while (this.free(volunteer) < size) {
      let oldest: Copy | null = null;
      for (const copy of copies?.values() ?? []) {
        if (oldest === null || copy.usedAt < oldest.usedAt) oldest = copy;
      }
      if (oldest === null) return false;
      this.drop(volunteer, oldest.file);
      this.#dropped[volunteer].push(oldest.file);
    }
    return true;
  }

  /** The volunteer is to hold the file. */
  promise(volunteer: number, file: number): void {
    this.#promised[volunteer] += this.#catalogue.size[file];
  }

  /** The copy is complete, and as the file is now. */
  complete(volunteer: number, file: number): void {
    const { now } = this.#engine;
    const size = this.#catalogue.size[file];
    this.#volunteers.complete(volunteer, file);
    this.#copies[volunteer]?.set(file, { file, size, since: now, usedAt: now });
  }

  /** The copy was sent to a customer. */
  used(volunteer: number, file: number): void {
    const copy = this.#copies[volunteer]?.get(file);
    if (copy !== undefined) copy.usedAt = this.#engine.now;
  }

  /** Deletes what the policy says. */
  evict(volunteer: number): void {
    const copies = this.#copies[volunteer];
    const random = this.#random[volunteer];
    if (copies === null || random === null || copies.size === 0) return;
    const held = [...copies.values()].sort((a, b) => a.file - b.file);
    const { disk } = this.#volunteers.classes[volunteer];
    const view = { now: this.#engine.now, disk, held, count: held.length };
    for (const index of this.#policy.decide(view, random).evict) {
      const { file } = held[index];
      this.drop(volunteer, file);
      this.#dropped[volunteer].push(file);
    }
  }

  /** The volunteer is no longer to hold the file. */
  drop(volunteer: number, file: number): void {
    this.#promised[volunteer] -= this.#catalogue.size[file];
    this.#copies[volunteer]?.delete(file);
    this.#volunteers.drop(volunteer, file);
  }

  /** Files deleted since the last call; the list becomes the caller's. */
  takeDropped(volunteer: number): number[] {
    const dropped = this.#dropped[volunteer];
    this.#dropped[volunteer] = [];
    return dropped;
  }
}
