/** What the host is to do. */
export type ActionKind =
  /** Fetch the file from the volunteer and compare its digest; then tell `audited`. */
  | "audit"
  /** Ask the volunteer for a few bytes and take the time; then tell `probed`. */
  | "probe"
  /** Tell the volunteer to hold the file, or no longer to hold it. */
  | "place"
  | "drop"
  /** Tell the volunteer to synchronise now, from another volunteer, `SERVER` or `SWARM`. */
  | "synchronise";

const KINDS: readonly ActionKind[] = ["audit", "probe", "place", "drop", "synchronise"];

/**
 * What is to be done since the host took it last, in order. Columns, since a repository that is placed
 * for the first time is millions of them.
 */
export class Actions {
  #kinds = new Uint8Array(64);
  #volunteers = new Int32Array(64);
  /** A file; of a synchronisation, where from. */
  #subjects = new Float64Array(64);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(kind: ActionKind, volunteer: number, subject: number): void {
    if (this.#count === this.#kinds.length) this.#grow();
    this.#kinds[this.#count] = KINDS.indexOf(kind);
    this.#volunteers[this.#count] = volunteer;
    this.#subjects[this.#count] = subject;
    this.#count++;
  }

  /**
   * Calls `act` for each and forgets them. What `act` tells the coordinator may add more, which are
   * taken as well.
   */
  take(act: (kind: ActionKind, volunteer: number, subject: number) => void): void {
    for (let i = 0; i < this.#count; i++) {
      act(KINDS[this.#kinds[i]], this.#volunteers[i], this.#subjects[i]);
    }
    this.#count = 0;
  }

  /** Plain data: those that the host has not taken. */
  save() {
    return {
      kinds: this.#kinds.slice(0, this.#count),
      volunteers: this.#volunteers.slice(0, this.#count),
      subjects: this.#subjects.slice(0, this.#count),
    };
  }

  load({ kinds, volunteers, subjects }: ReturnType<Actions["save"]>): void {
    this.#count = 0;
    for (let i = 0; i < kinds.length; i++) this.add(KINDS[kinds[i]], volunteers[i], subjects[i]);
  }

  #grow(): void {
    const length = 2 * this.#count;
    const [kinds, volunteers, subjects] = [this.#kinds, this.#volunteers, this.#subjects];
    this.#kinds = new Uint8Array(length);
    this.#volunteers = new Int32Array(length);
    this.#subjects = new Float64Array(length);
    this.#kinds.set(kinds);
    this.#volunteers.set(volunteers);
    this.#subjects.set(subjects);
  }
}
