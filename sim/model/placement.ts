import type { Stream } from "../engine/random.ts";
import type { Bound, Placeable, Replication, ReplicationView } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Disks } from "./disks.ts";
import type { Volunteers } from "./volunteers.ts";

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/**
 * Asks the replication policy who is to hold a file, among the volunteers whose mirror covers it. One
 * without room for it does not get it, whatever the policy says.
 */
export class Placement {
  readonly #catalogue: Catalogue;
  readonly #volunteers: Volunteers;
  readonly #policy: Bound<ReplicationView, Replication, never>;
  readonly #random: Stream;
  readonly #disks: Disks;
  readonly #all: readonly Mutable<Placeable>[];
  readonly #covering: Mutable<Placeable>[] = [];

  constructor(
    catalogue: Catalogue,
    volunteers: Volunteers,
    disks: Disks,
    policy: Bound<ReplicationView, Replication, never>,
    random: Stream,
  ) {
    this.#catalogue = catalogue;
    this.#volunteers = volunteers;
    this.#disks = disks;
    this.#policy = policy;
    this.#random = random;
    this.#all = volunteers.classes.map(({ sessions }, node) => ({
      node,
      free: Number.POSITIVE_INFINITY,
      volatile: sessions !== null,
      given: 0,
    }));
  }

  /** Calls `hold` with each volunteer that is to hold the file; `age` in seconds. */
  place(file: number, age: number, hold: (volunteer: number) => void): void {
    const covering = this.#covering;
    let count = 0;
    const first = this.#firstVersion(file);
    for (const volunteer of this.#all) {
      if (!this.#volunteers.covers(volunteer.node, first)) continue;
      volunteer.free = this.#disks.free(volunteer.node);
      covering[count++] = volunteer;
    }
    covering.length = count;
    const size = this.#catalogue.size[file];
    const view = { file, size, age, volunteers: covering, count };
    const { copyTo } = this.#policy.decide(view, this.#random);
    for (const index of copyTo) {
      const volunteer = covering[index];
      if (volunteer.free < size) continue;
      if (age < Number.POSITIVE_INFINITY) volunteer.given = (volunteer.given ?? 0) + size;
      this.#disks.promise(volunteer.node, file);
      hold(volunteer.node);
    }
  }

  /** A mirror that covers a file covers all its versions, and so what it covers of the first. */
  #firstVersion(file: number): number {
    let first = file;
    for (let at = this.#catalogue.earlier?.(file); at; at = this.#catalogue.earlier?.(at.file)) {
      first = at.file;
    }
    return first;
  }
}

/** Files that appear within the window, grouped by the time of their release, in order. */
export function releases({ release, files }: Catalogue): { time: number; files: number[] }[] {
  const groups = new Map<number, number[]>();
  for (let file = 0; file < files; file++) {
    const time = release[file];
    if (time === Number.NEGATIVE_INFINITY) continue;
    const group = groups.get(time);
    if (group === undefined) groups.set(time, [file]);
    else group.push(file);
  }
  return [...groups.entries()]
    .map(([time, group]) => ({ time, files: group }))
    .sort((a, b) => a.time - b.time);
}
