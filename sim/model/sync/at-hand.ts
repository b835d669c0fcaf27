import type { Catalogue } from "../../workload/workload.ts";
import type { AtHand } from "../swarm/fetch-plan.ts";
import type { Volunteers } from "../volunteers.ts";

/** What a tool makes use of when it looks what a volunteer has already. */
export interface Uses {
  /** The same content under another name. */
  readonly identical: boolean;
  /** The version before. */
  readonly similar: boolean;
}

const NOTHING: AtHand = { kind: "nothing" };
const IDENTICAL: AtHand = { kind: "identical" };

/** Finds what volunteers hold that helps them to a file. */
export class AtHandFinder {
  readonly #catalogue: Catalogue;
  readonly #volunteers: Volunteers;
  readonly #uses: Uses;
  /** Files of equal content, by digest; those alone in theirs are left out. */
  readonly #twins = new Map<number, number[]>();

  constructor(catalogue: Catalogue, volunteers: Volunteers, uses: Uses) {
    this.#catalogue = catalogue;
    this.#volunteers = volunteers;
    this.#uses = uses;
    if (uses.identical) this.#findTwins();
  }

  of(volunteer: number, file: number): AtHand {
    if (this.#uses.identical && this.holds(volunteer, file)) return IDENTICAL;
    const earlier = this.#uses.similar ? this.#catalogue.earlier?.(file) : null;
    if (!earlier || !this.#volunteers.holds.has(volunteer, earlier.file)) return NOTHING;
    return { kind: "similar", similarity: earlier.likeness };
  }

  /** Whether the volunteer can give the file's content: under any name, if names do not matter. */
  holds(volunteer: number, file: number): boolean {
    const { holds } = this.#volunteers;
    return (
      this.#sameContent(file)?.some((twin) => holds.has(volunteer, twin)) ??
      holds.has(volunteer, file)
    );
  }

  /** Whether two files are one and the same to the tool. */
  isSame(a: number, b: number): boolean {
    return this.contentOf(a) === this.contentOf(b);
  }

  /** What is the same number of files that are one and the same to the tool. */
  contentOf(file: number): number {
    return this.#uses.identical ? this.#catalogue.digest[file] : file;
  }

  #sameContent(file: number): readonly number[] | undefined {
    return this.#twins.get(this.#catalogue.digest[file]);
  }

  #findTwins(): void {
    const { digest, files } = this.#catalogue;
    const first = new Map<number, number>();
    for (let file = 0; file < files; file++) {
      const twin = first.get(digest[file]);
      if (twin === undefined) first.set(digest[file], file);
      else this.#twins.set(digest[file], [...(this.#twins.get(digest[file]) ?? [twin]), file]);
    }
  }
}
