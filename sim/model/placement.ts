import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import {
  type Bound,
  NO_DEMAND,
  type Placeable,
  type Replication,
  type ReplicationView,
} from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { RecentDemand } from "./demand.ts";
import type { Disks } from "./disks.ts";
import { PlaceableVolunteer, PlacementView } from "./placement-view.ts";
import { Subtrees } from "./subtrees.ts";
import type { Synchronisation } from "./synchronisation.ts";
import type { Tracker } from "./tracker.ts";
import type { Volunteers } from "./volunteers.ts";

export interface PlacementWorld {
  readonly engine: Engine;
  readonly catalogue: Catalogue;
  readonly volunteers: Volunteers;
  readonly disks: Disks;
  readonly tracker: Tracker;
  readonly demand: RecentDemand;
  readonly synchronisation: Synchronisation;
  readonly policy: Bound<ReplicationView, Replication, never>;
  readonly streams: (name: string) => Stream;
  /** Seconds between two looks at what is placed. */
  readonly every: number;
}

/**
 * Asks the replication policy who is to hold a file, among the volunteers whose mirror covers it:
 * for what was there before at the start, for what is new at its release, and for both again and
 * again, since they grow older and the demand for them changes.
 *
 * A volunteer without room for a file does not get it, whatever the policy says. Chance is drawn anew
 * from the start at every look, so that the choice changes with what the policy sees and with nothing
 * else.
 */
export class Placement {
  readonly #world: PlacementWorld;
  readonly #view: PlacementView;
  readonly #all: readonly PlaceableVolunteer[];
  readonly #covering: PlaceableVolunteer[] = [];
  readonly #chosen: Uint8Array;
  readonly #released: number[] = [];
  /** Bytes of new releases that each volunteer was given and has not been taken. */
  readonly #given: Float64Array;

  constructor(world: PlacementWorld) {
    this.#world = world;
    const { classes, count } = world.volunteers;
    this.#given = new Float64Array(count);
    this.#chosen = new Uint8Array(count);
    const reads = { what: classes.some(({ disk }) => Number.isFinite(disk)) };
    this.#view = new PlacementView(this.#covering, new Subtrees(world.catalogue), reads);
    this.#all = classes.map((of, node) => new PlaceableVolunteer(node, of.sessions, reads));
  }

  /** Places what was there before, and schedules releases and looks. */
  start(): void {
    const { engine, catalogue, every } = this.#world;
    for (let file = 0; file < catalogue.files; file++) {
      if (catalogue.release[file] === Number.NEGATIVE_INFINITY) this.#place(file, "there before");
    }
    const groups = releases(catalogue);
    const publish = engine.kind("release.publish", (group) => {
      for (const file of groups[group].files) {
        this.#released.push(file);
        this.#place(file, "new");
      }
    });
    for (const [group, { time }] of groups.entries()) engine.at(time, publish, group);
    const look = engine.kind("placement.look", () => {
      this.#look();
      engine.after(every, look, 0);
    });
    engine.at(every, look, 0);
  }

  #look(): void {
    const { engine, demand } = this.#world;
    if (!this.#view.mayChange) return;
    const asked = demand.review(engine.now);
    for (const file of this.#released) this.#place(file, "known");
    for (const file of asked) {
      if (this.#world.catalogue.release[file] === Number.NEGATIVE_INFINITY) {
        this.#place(file, "known");
      }
    }
  }

  #place(file: number, what: "there before" | "new" | "known"): void {
    const { engine, catalogue, demand, policy } = this.#world;
    const size = catalogue.size[file];
    const age = engine.now - catalogue.release[file];
    const view = this.#view;
    view.file = file;
    view.size = size;
    view.set(age, what === "known" ? demand.of(file) : NO_DEMAND);
    view.count = this.#gather(file, size, age, what);
    const { copyTo } = policy.decide(view, this.#randomOf(file));
    const chosen = this.#chosen.fill(0);
    for (const index of copyTo) chosen[index] = 1;
    for (let index = 0; index < view.count; index++) {
      const volunteer = this.#covering[index];
      const has = what === "known" && this.#has(volunteer.node, file);
      const gets = chosen[index] === 1 && volunteer.free >= size;
      if (gets && !has) this.#give(volunteer, file, what);
      else if (has && !gets) this.#take(volunteer, file);
    }
  }

  /** Brings up to date what the policy sees of those that cover the file; returns how many. */
  #gather(file: number, size: number, age: number, what: string): number {
    const { volunteers, disks } = this.#world;
    const first = this.#firstVersion(file);
    let count = 0;
    for (const volunteer of this.#all) {
      const { node } = volunteer;
      if (!volunteers.covers(node, first)) continue;
      const has = what === "known" && this.#has(node, file);
      // What it has of the file itself is room for the file.
      volunteer.free = disks.free(node) + (has ? size : 0);
      volunteer.set(this.#given[node] - (has && age < Number.POSITIVE_INFINITY ? size : 0));
      this.#covering[count++] = volunteer;
    }
    this.#covering.length = count;
    return count;
  }

  #give({ node }: Placeable, file: number, what: string): void {
    const { catalogue, volunteers, disks, tracker, synchronisation } = this.#world;
    disks.promise(node, file);
    if (what === "there before") {
      volunteers.holds.add(node, file);
      disks.complete(node, file, 0);
      tracker.believe(node, file);
      return;
    }
    if (catalogue.release[file] !== Number.NEGATIVE_INFINITY) {
      this.#given[node] += catalogue.size[file];
    }
    synchronisation.want(node, file);
  }

  #take({ node }: Placeable, file: number): void {
    const { catalogue, disks, tracker, synchronisation } = this.#world;
    if (synchronisation.isFetching(node, file)) return; // The next look will find it complete.
    if (catalogue.release[file] !== Number.NEGATIVE_INFINITY) {
      this.#given[node] -= catalogue.size[file];
    }
    synchronisation.unwant(node, file);
    disks.drop(node, file);
    tracker.forget(node, file);
  }

  #has(node: number, file: number): boolean {
    const { volunteers, synchronisation } = this.#world;
    return volunteers.holds.has(node, file) || synchronisation.wants(node, file);
  }

  /** A mirror that covers a file covers all its versions, and so what it covers of the first. */
  #firstVersion(file: number): number {
    const { catalogue } = this.#world;
    let first = file;
    for (let at = catalogue.earlier?.(file); at; at = catalogue.earlier?.(at.file)) first = at.file;
    return first;
  }

  #randomOf(file: number): Stream {
    let stream: Stream | null = null;
    return () => {
      stream ??= this.#world.streams(`placement of file ${file}`);
      return stream();
    };
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
