import { type Demand, NO_DEMAND, type Placeable, type ReplicationView } from "../policies/index.ts";
import type { Volunteer } from "./volunteer.ts";

/** Whether a policy has looked at anything that changes from one look at a file to the next. */
export interface Reads {
  what: boolean;
}

/**
 * What a replication policy sees of one file. One view serves all decisions.
 *
 * It notices when the policy looks at what changes with time: age, demand, what volunteers were given.
 * One that never does would decide at every look as it did before, and need not be asked again; with
 * millions of files that is most of the work.
 */
export class PlacementView implements ReplicationView {
  file = 0;
  size = 0;
  count = 0;
  readonly volunteers: readonly Placeable[];
  readonly #reads: Reads;
  readonly #subtreeOf: (file: number) => number;
  #age = 0;
  #demand: Demand = NO_DEMAND;

  constructor(volunteers: readonly Placeable[], subtreeOf: (file: number) => number, reads: Reads) {
    this.volunteers = volunteers;
    this.#subtreeOf = subtreeOf;
    this.#reads = reads;
  }

  set(age: number, demand: Demand): void {
    this.#age = age;
    this.#demand = demand;
  }

  get subtree(): number {
    return this.#subtreeOf(this.file);
  }

  get age(): number {
    this.#reads.what = true;
    return this.#age;
  }

  get demand(): Demand {
    this.#reads.what = true;
    return this.#demand;
  }
}

/** A volunteer as a replication policy sees it. */
export class PlaceableVolunteer implements Placeable {
  free = Number.POSITIVE_INFINITY;
  readonly node: number;
  readonly #volunteer: Volunteer;
  readonly #reads: Reads;
  #given = 0;

  constructor(volunteer: Volunteer, reads: Reads) {
    this.node = volunteer.node;
    this.#volunteer = volunteer;
    this.#reads = reads;
  }

  get volatile(): boolean {
    return this.#volunteer.volatile;
  }

  get availability(): number {
    return this.#volunteer.availability;
  }

  set(given: number): void {
    this.#given = given;
  }

  get given(): number {
    this.#reads.what = true;
    return this.#given;
  }
}
