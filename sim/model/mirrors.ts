import type { Coordination } from "./coordination.ts";
import type { Disks } from "./disks.ts";
import type { Repository } from "./repository.ts";
import type { Synchronisation } from "./synchronisation.ts";
import type { Volunteers } from "./volunteers.ts";

/**
 * What volunteers are told to hold, and to hold no longer: what was there before the start lies on
 * them from the start, what is new or has changed is fetched when they synchronise.
 */
export class Mirrors {
  readonly #repository: Repository;
  readonly #volunteers: Volunteers;
  readonly #disks: Disks;
  readonly #synchronisation: Synchronisation;

  constructor(
    repository: Repository,
    coordination: Coordination,
    volunteers: Volunteers,
    disks: Disks,
    synchronisation: Synchronisation,
  ) {
    this.#repository = repository;
    this.#volunteers = volunteers;
    this.#disks = disks;
    this.#synchronisation = synchronisation;
    repository.whenChanged((file) => this.#outdate(file));
    coordination.when("place", (volunteer, file) => this.#place(volunteer, file));
    coordination.when("drop", (volunteer, file) => this.#drop(volunteer, file));
    synchronisation.pulls.whenFetched((volunteer, file, isKept) => {
      disks.complete(volunteer, file);
      if (!isKept) disks.drop(volunteer, file);
    });
  }

  /** Every copy of the file is an old one, and is to be fetched anew. */
  #outdate(file: number): void {
    for (let volunteer = 0; volunteer < this.#volunteers.count; volunteer++) {
      if (this.#volunteers.outdate(volunteer, file)) this.#want(volunteer, file);
    }
  }

  #place(volunteer: number, file: number): void {
    this.#disks.promise(volunteer, file);
    if (this.#repository.hasStarted) this.#want(volunteer, file);
    else this.#disks.complete(volunteer, file);
  }

  #want(volunteer: number, file: number): void {
    this.#synchronisation.want(volunteer, file, this.#repository.publishedAt(file));
  }

  /** A file that the volunteer is fetching at this moment is deleted when it is there. */
  #drop(volunteer: number, file: number): void {
    const pull = this.#synchronisation.pulls.of(volunteer);
    if (pull.isFetching(file)) pull.discards.add(file);
    else {
      this.#synchronisation.unwant(volunteer, file);
      this.#disks.drop(volunteer, file);
    }
  }
}
