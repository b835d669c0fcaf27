import { type Demand, NO_DEMAND, type Placeable, type ReplicationView } from "../policies/index.ts";
import type { OnOffSpec } from "./on-off.ts";
import type { Subtrees } from "./subtrees.ts";

/** Whether a policy has looked at anything that changes from one look at a file to the next. */
interface Reads {
  what: boolean;
}

/**
 * What a replication policy sees of one file. One view serves all decisions of a run.
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
  readonly #subtrees: Subtrees;
  #age = 0;
  #demand: Demand = NO_DEMAND;

  constructor(volunteers: readonly Placeable[], subtrees: Subtrees, reads: Reads) {
    this.volunteers = volunteers;
    this.#subtrees = subtrees;
    this.#reads = reads;
  }

  /** False as long as the policy cannot decide otherwise of a file that it has decided of. */
  get mayChange(): boolean {
    return this.#reads.what;
  }

  set(age: number, demand: Demand): void {
    this.#age = age;
    this.#demand = demand;
  }

  get subtree(): number {
    return this.#subtrees.of(this.file);
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
  readonly volatile: boolean;
  readonly availability: number;
  readonly #reads: Reads;
  #given = 0;

  constructor(node: number, sessions: OnOffSpec | null, reads: Reads) {
    this.node = node;
    this.volatile = sessions !== null;
    this.availability =
      sessions === null ? 1 : sessions.up.mean / (sessions.up.mean + sessions.down.mean);
    this.#reads = reads;
  }

  set(given: number): void {
    this.#given = given;
  }

  get given(): number {
    this.#reads.what = true;
    return this.#given;
  }
}
