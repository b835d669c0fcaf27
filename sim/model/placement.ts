import type { Stream } from "../engine/random.ts";
import type { Bound, Placeable, Replication, ReplicationView } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Volunteers } from "./volunteers.ts";

/** Asks the replication policy who is to hold a file, among the volunteers whose mirror covers it. */
export class Placement {
  readonly #catalogue: Catalogue;
  readonly #volunteers: Volunteers;
  readonly #policy: Bound<ReplicationView, Replication, never>;
  readonly #random: Stream;
  readonly #all: readonly Placeable[];
  readonly #covering: Placeable[] = [];

  constructor(
    catalogue: Catalogue,
    volunteers: Volunteers,
    policy: Bound<ReplicationView, Replication, never>,
    random: Stream,
  ) {
    this.#catalogue = catalogue;
    this.#volunteers = volunteers;
    this.#policy = policy;
    this.#random = random;
    this.#all = volunteers.classes.map(({ sessions }, node) => ({
      node,
      free: Number.POSITIVE_INFINITY,
      volatile: sessions !== null,
    }));
  }

  /** Calls `hold` with each volunteer that is to hold the file; `age` in seconds. */
  place(file: number, age: number, hold: (volunteer: number) => void): void {
    const covering = this.#covering;
    let count = 0;
    const first = this.#firstVersion(file);
    for (const volunteer of this.#all) {
      if (this.#volunteers.covers(volunteer.node, first)) covering[count++] = volunteer;
    }
    covering.length = count;
    const size = this.#catalogue.size[file];
    const view = { file, size, age, volunteers: covering, count };
    const { copyTo } = this.#policy.decide(view, this.#random);
    for (const index of copyTo) hold(covering[index].node);
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
