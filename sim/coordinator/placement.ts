import {
  type Bound,
  NO_DEMAND,
  type Random,
  type Replication,
  type ReplicationView,
} from "../policies/index.ts";
import { refill } from "./columns.ts";
import type { Knowledge } from "./knowledge.ts";
import { PlaceableVolunteer, PlacementView, type Reads } from "./placement-view.ts";
import { Subtrees } from "./subtrees.ts";
import type { Volunteer } from "./volunteer.ts";

export type BoundReplication = Bound<ReplicationView, Replication, never>;

/**
 * Asks the replication policy who is to hold a file, among the volunteers whose mirror covers it: when
 * it comes into the catalogue, and again and again, since files grow older, the demand for them changes,
 * and volunteers come.
 *
 * A volunteer without room for a file does not get it, whatever the policy says. Chance is drawn anew
 * from the start at every look, so that the choice changes with what the policy sees and with nothing
 * else.
 */
export class Placement {
  readonly #policy: BoundReplication;
  readonly #known: Knowledge;
  readonly #chance: (name: string) => Random;
  readonly #view: PlacementView;
  readonly #reads: Reads = { what: false };
  readonly #all: PlaceableVolunteer[] = [];
  readonly #covering: PlaceableVolunteer[] = [];
  #chosen = new Uint8Array(64);
  /** A volunteer has come, or offers something else, since all files were looked at. */
  #isOutdated = false;
  /** Files that came after the beginning, in order. */
  readonly #released: number[] = [];
  /** Bytes promised to files, and of these to new releases, by volunteer. */
  readonly #promised: number[] = [];
  readonly #given: number[] = [];

  constructor(
    policy: BoundReplication,
    known: Knowledge,
    pathOf: (file: number) => string,
    chance: (name: string) => Random,
  ) {
    this.#policy = policy;
    this.#known = known;
    this.#chance = chance;
    const subtrees = new Subtrees(pathOf);
    this.#view = new PlacementView(this.#covering, (file) => subtrees.of(file), this.#reads);
  }

  register(volunteer: Volunteer): void {
    this.#all[volunteer.node] ??= new PlaceableVolunteer(volunteer, this.#reads);
    this.#promised[volunteer.node] ??= 0;
    this.#given[volunteer.node] ??= 0;
    if (Number.isFinite(volunteer.disk)) this.#reads.what = true;
    if (this.#known.catalogue.count > 0) this.#isOutdated = true;
  }

  /** The file has come into the catalogue. */
  add(file: number, now: number): void {
    if (this.#isNew(file)) this.#released.push(file);
    this.#place(file, false, now);
  }

  /** The file is of another size from now on, which the catalogue is told of next. */
  resize(file: number, size: number): void {
    const more = size - this.#known.catalogue.sizeOf(file);
    for (const { node } of this.#all) {
      if (!this.#known.beliefs.isAssigned(node, file)) continue;
      this.#promised[node] += more;
      if (this.#isNew(file)) this.#given[node] += more;
    }
  }

  /** The volunteer has deleted the file: it is no longer to hold it. */
  dropped(volunteer: number, file: number): void {
    const { beliefs } = this.#known;
    if (beliefs.isAssigned(volunteer, file)) this.#release(volunteer, file);
  }

  /** The file has left the catalogue: nobody is to hold it. */
  remove(file: number): void {
    for (const { node } of this.#all) {
      if (!this.#known.beliefs.isAssigned(node, file)) continue;
      this.#release(node, file);
      this.#known.actions.add("drop", node, file);
    }
    const at = this.#released.indexOf(file);
    if (at >= 0) this.#released.splice(at, 1);
  }

  /** Looks at all files anew that may have come to be placed otherwise. */
  look(now: number): void {
    if (!this.#reads.what && !this.#isOutdated) return;
    const { demand, catalogue } = this.#known;
    const asked = demand.review(now);
    if (this.#isOutdated) {
      this.#isOutdated = false;
      for (let file = 0; file < catalogue.count; file++) this.#place(file, true, now);
      return;
    }
    for (const file of this.#released) this.#place(file, true, now);
    for (const file of asked) if (!this.#isNew(file)) this.#place(file, true, now);
  }

  #isNew(file: number): boolean {
    return this.#known.catalogue.releasedAt(file) > Number.NEGATIVE_INFINITY;
  }

  #place(file: number, isKnown: boolean, now: number): void {
    const { catalogue, demand, beliefs } = this.#known;
    if (!catalogue.has(file)) return;
    const size = catalogue.sizeOf(file);
    const view = this.#view;
    view.file = file;
    view.size = size;
    view.set(
      now - catalogue.releasedAt(file),
      isKnown ? demand.of(file, catalogue.count) : NO_DEMAND,
    );
    view.count = this.#gather(file, size);
    const { copyTo } = this.#policy.decide(view, this.#randomOf(file));
    if (this.#chosen.length < view.count) this.#chosen = new Uint8Array(2 * view.count);
    const chosen = this.#chosen.fill(0);
    for (const index of copyTo) chosen[index] = 1;
    for (let index = 0; index < view.count; index++) {
      const { node, free } = this.#covering[index];
      const has = beliefs.isAssigned(node, file);
      const gets = chosen[index] === 1 && free >= size;
      if (gets && !has) this.#give(node, file, size);
      else if (has && !gets) this.#take(node, file);
    }
  }

  /** Brings up to date what the policy sees of those that cover the file; returns how many. */
  #gather(file: number, size: number): number {
    const { beliefs, volunteers } = this.#known;
    const isNew = this.#isNew(file);
    let count = 0;
    for (const placeable of this.#all) {
      const { node } = placeable;
      const has = beliefs.isAssigned(node, file);
      if (!volunteers[node].covers(file)) {
        if (has) this.#take(node, file); // It did cover it before.
        continue;
      }
      // What it has of the file itself is room for the file.
      placeable.free = volunteers[node].disk - this.#promised[node] + (has ? size : 0);
      placeable.set(this.#given[node] - (has && isNew ? size : 0));
      this.#covering[count++] = placeable;
    }
    this.#covering.length = count;
    return count;
  }

  #give(node: number, file: number, size: number): void {
    this.#promised[node] += size;
    if (this.#isNew(file)) this.#given[node] += size;
    this.#known.beliefs.assign(node, file);
    this.#known.actions.add("place", node, file);
  }

  #take(node: number, file: number): void {
    this.#release(node, file);
    this.#known.beliefs.forget(node, file);
    this.#known.actions.add("drop", node, file);
  }

  #release(node: number, file: number): void {
    const size = this.#known.catalogue.sizeOf(file);
    this.#promised[node] -= size;
    if (this.#isNew(file)) this.#given[node] -= size;
    this.#known.beliefs.unassign(node, file);
  }

  #randomOf(file: number): Random {
    let random: Random | null = null;
    return () => {
      random ??= this.#chance(`placement of file ${file}`);
      return random();
    };
  }

  save() {
    return {
      reads: this.#reads.what,
      isOutdated: this.#isOutdated,
      released: Uint32Array.from(this.#released),
      promised: [...this.#promised],
      given: [...this.#given],
    };
  }

  load(saved: ReturnType<Placement["save"]>): void {
    this.#reads.what = saved.reads;
    this.#isOutdated = saved.isOutdated;
    refill(this.#released, saved.released);
    refill(this.#promised, saved.promised);
    refill(this.#given, saved.given);
  }
}
