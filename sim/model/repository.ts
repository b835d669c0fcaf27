import type { Engine } from "../engine/engine.ts";
import type { Catalogue, Workload } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";
import type { Disks } from "./disks.ts";
import type { Synchronisation } from "./synchronisation.ts";
import type { Volunteers } from "./volunteers.ts";

export interface RepositoryWorld {
  readonly engine: Engine;
  readonly workload: Workload;
  readonly volunteers: Volunteers;
  readonly disks: Disks;
  readonly synchronisation: Synchronisation;
  readonly coordination: Coordination;
}

/**
 * The files of the repository as time passes, and the mirrors that are told to hold them: what was
 * there before the start lies on them from the start, what is new is fetched when they synchronise.
 */
export class Repository {
  readonly #world: RepositoryWorld;
  #hasStarted = false;

  constructor(world: RepositoryWorld) {
    this.#world = world;
    world.coordination.when("place", (volunteer, file) => this.#place(volunteer, file));
    world.coordination.when("drop", (volunteer, file) => this.#drop(volunteer, file));
  }

  /** Tells the coordinator what was there before, and schedules releases and changes. */
  start(): void {
    const { engine, workload, coordination } = this.#world;
    const { catalogue } = workload;
    coordination.tell((coordinator) => coordinator.reserve(catalogue.files));
    for (let file = 0; file < catalogue.files; file++) {
      if (catalogue.release[file] === Number.NEGATIVE_INFINITY) this.#publish(file);
    }
    this.#hasStarted = true;
    const groups = releases(catalogue);
    const publish = engine.kind("release.publish", (group) => {
      for (const file of groups[group].files) this.#publish(file);
    });
    for (const [group, { time }] of groups.entries()) engine.at(time, publish, group);
    const change = engine.kind("release.change", (number) => this.#change(number));
    for (let number = 0; number < workload.changes.count; number++) {
      engine.at(workload.changes.time[number], change, number);
    }
  }

  #publish(file: number): void {
    const { coordination, workload } = this.#world;
    const { size, release } = workload.catalogue;
    coordination.tell((coordinator, now) =>
      coordinator.addFile(file, size[file], release[file], now),
    );
  }

  /** The file has other bytes from now on: every copy is an old one, and is to be fetched anew. */
  #change(number: number): void {
    const { coordination, workload, volunteers, synchronisation } = this.#world;
    const file = workload.changes.file[number];
    const size = workload.catalogue.size[file];
    synchronisation.republished(file);
    coordination.tell((coordinator, now) => coordinator.changeFile(file, size, now));
    for (let volunteer = 0; volunteer < volunteers.count; volunteer++) {
      if (volunteers.outdate(volunteer, file)) synchronisation.want(volunteer, file);
    }
  }

  #place(volunteer: number, file: number): void {
    const { volunteers, disks, synchronisation, engine } = this.#world;
    disks.promise(volunteer, file);
    if (this.#hasStarted) synchronisation.want(volunteer, file);
    else {
      volunteers.holds.add(volunteer, file);
      disks.complete(volunteer, file, engine.now);
    }
  }

  /** A file that the volunteer is fetching at this moment is deleted when it is there. */
  #drop(volunteer: number, file: number): void {
    const { disks, synchronisation } = this.#world;
    if (synchronisation.isFetching(volunteer, file)) synchronisation.discard(volunteer, file);
    else {
      synchronisation.unwant(volunteer, file);
      disks.drop(volunteer, file);
    }
  }
}

/** Files that appear within the window, grouped by the time of their release, in order. */
function releases({ release, files }: Catalogue): { time: number; files: number[] }[] {
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
