import type { SyncLook } from "../../coordinator/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import { BitTable } from "../bits.ts";
import { Pull } from "./pull.ts";
import type { Others } from "./swarming.ts";

/** Told of each file that a volunteer has fetched, and whether it is still to hold it. */
export type OnFetched = (volunteer: number, file: number, isKept: boolean) => void;

/** What all volunteers are to fetch, and how far they have come. */
export class Pulls implements Others {
  readonly #catalogue: Catalogue;
  readonly #pulls: readonly Pull[];
  readonly #onFetched: OnFetched[] = [];
  /** False as long as nobody has waited for what another fetches: nobody is to be looked for then. */
  mayWait = false;

  constructor(catalogue: Catalogue, volunteers: number) {
    this.#catalogue = catalogue;
    const waiting = new BitTable(volunteers, catalogue.files);
    this.#pulls = Array.from({ length: volunteers }, (_, v) => new Pull(waiting, v));
  }

  get count(): number {
    return this.#pulls.length;
  }

  of(volunteer: number): Pull {
    return this.#pulls[volunteer];
  }

  entries(): IterableIterator<[volunteer: number, pull: Pull]> {
    return this.#pulls.entries();
  }

  whenFetched(act: OnFetched): void {
    this.#onFetched.push(act);
  }

  /** Files that the volunteer is to hold and has not fetched. */
  pending(volunteer: number): readonly number[] {
    const { wanted, next } = this.#pulls[volunteer];
    return wanted.slice(next);
  }

  /** Bytes of files the volunteer is to hold and has not fetched: `left` of an announce. */
  left(volunteer: number): number {
    const { left, kept } = this.#pulls[volunteer];
    return left - kept;
  }

  /** What the volunteer knows of what it is to fetch. */
  lookAt(volunteer: number): Pick<SyncLook, "pendingFiles" | "pendingBytes" | "releasedAt"> {
    const { wanted, next, releasedAt } = this.#pulls[volunteer];
    return {
      pendingFiles: wanted.length - next,
      pendingBytes: this.left(volunteer),
      releasedAt,
    };
  }

  /** Files completed since the last call; the list becomes the caller's. */
  takeCompleted(volunteer: number): number[] {
    const pull = this.#pulls[volunteer];
    const { completed } = pull;
    pull.completed = [];
    return completed;
  }

  /** The file that the volunteer is fetching, or null. */
  fetching(volunteer: number): number | null {
    const { fetch, wanted, next } = this.#pulls[volunteer];
    return fetch === null ? null : wanted[next];
  }

  behind(volunteer: number): number | null {
    return this.#pulls[volunteer].fetch?.plan.behind ?? null;
  }

  /** Whether the volunteer is at work on the file, so that another can wait for it. */
  isComingTo(volunteer: number, file: number): boolean {
    const pull = this.#pulls[volunteer];
    return pull.since !== null && pull.wants(file);
  }

  /** The volunteer is to fetch the file. */
  add(volunteer: number, file: number): void {
    const pull = this.#pulls[volunteer];
    pull.want(file);
    pull.left += this.#catalogue.size[file];
  }

  /** The volunteer is not to fetch the file, if it was; it is not fetching it. */
  remove(volunteer: number, file: number): void {
    const pull = this.#pulls[volunteer];
    if (pull.remove(file)) pull.left -= this.#catalogue.size[file];
  }

  /** The next file of the volunteer is there. */
  complete(volunteer: number): void {
    const pull = this.#pulls[volunteer];
    const file = pull.done();
    const isKept = !pull.discards.delete(file);
    for (const act of this.#onFetched) act(volunteer, file, isKept);
    if (isKept) pull.completed.push(file);
    pull.left -= this.#catalogue.size[file];
    pull.kept = 0;
    pull.files++;
  }
}
