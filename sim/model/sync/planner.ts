import type { Stream } from "../../engine/random.ts";
import { type Bound, type ChunkSize, type ChunkSizeView, SERVER } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { Method, Plan, Wanted } from "./plan.ts";
import type { Pull } from "./pull.ts";

/** Plans how volunteers fetch files, by the methods of the system and in chunks as the policy says. */
export class Planner {
  readonly #methodFor: (from: number) => Method;
  readonly #catalogue: Catalogue;
  readonly #batch: number;
  readonly #chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
  readonly #random: Stream;

  /** `batch`: bytes up to which files come from the server in one go. */
  constructor(
    methodFor: (from: number) => Method,
    catalogue: Catalogue,
    batch: number,
    chunkSize: Bound<ChunkSizeView, ChunkSize, never>,
    random: Stream,
  ) {
    this.#methodFor = methodFor;
    this.#catalogue = catalogue;
    this.#batch = batch;
    this.#chunkSize = chunkSize;
    this.#random = random;
  }

  /** Seconds to open a session from there, after the walk. */
  opening(from: number): number {
    return this.#methodFor(from).opening;
  }

  /** Whether two files are one and the same content to the system's method. */
  isSame(a: number, b: number): boolean {
    return this.#methodFor(SERVER).isSame(a, b);
  }

  /**
   * Puts what the volunteer is to fetch in the order in which it does. Null if it can fetch the next
   * file, or the volunteer that it has to wait for, since that is fetching all that is left.
   */
  arrange(volunteer: number, pull: Pull): number | null {
    const method = this.#methodFor(pull.from);
    if (method.arrange !== undefined) {
      pull.arrange((files) => method.arrange?.(volunteer, files) ?? files);
    }
    if (method.ahead === undefined || pull.kept > 0) return null;
    for (let left = pull.wanted.length - pull.next; ; left--) {
      const ahead = method.ahead(volunteer, pull.wanted[pull.next]);
      if (ahead === null || left === 0) return ahead;
      pull.putOff();
    }
  }

  /** What it takes to fetch a volunteer's next file, and with it those behind that come in one go. */
  next(volunteer: number, { wanted, next, from, kept }: Pull): Plan {
    const method = this.#methodFor(from);
    const { size } = this.#catalogue;
    const first = this.#wanted(method, volunteer, wanted[next], kept);
    if (method.planTogether === undefined) return method.plan(first);
    const files = [first];
    let bytes = size[wanted[next]];
    for (let at = next + 1; at < wanted.length && bytes < this.#batch; at++) {
      files.push(this.#wanted(method, volunteer, wanted[at], 0));
      bytes += size[wanted[at]];
    }
    return files.length === 1 ? method.plan(first) : method.planTogether(volunteer, files);
  }

  /** The file, of which `there` bytes are there. */
  #wanted(method: Method, volunteer: number, file: number, there: number): Wanted {
    const size = this.#catalogue.size[file];
    const view = method.chunkView(volunteer, file, size);
    const { chunkSize: chunk } = this.#chunkSize.decide(view, this.#random);
    return { volunteer, file, missing: size - there, chunk };
  }
}
