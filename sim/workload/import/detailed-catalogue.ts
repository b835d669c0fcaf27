import { InputError } from "../../engine/input-error.ts";
import { kindIndexOf } from "../trace/file-kind.ts";
import { type CompactNames, namesOf } from "../trace/names.ts";
import { packageNameOf } from "../trace/package-name.ts";
import { type DetailedCatalogue, FILE_KINDS } from "../trace/trace.ts";
import { ByteTable } from "./tables/byte-table.ts";
import type { FileTable } from "./tables/file-table.ts";

/** `distributionOf` has 16 bits. */
const MOST_DISTRIBUTIONS = 2 ** 16;

/**
 * The catalogue of the files in the table: what was stated of them, and the rest from their names.
 *
 * `sizes` is what to take where none was stated; `start` is the time on the log's clock that becomes
 * time 0. Contents of which no digest is known are taken for different.
 */
export function detailedCatalogue(
  files: FileTable,
  sizes: Float64Array,
  start: number,
): DetailedCatalogue {
  const count = files.length;
  const size = new Float64Array(count);
  const digest = new Uint32Array(count);
  const release = new Float64Array(count);
  const kind = new Uint8Array(count);
  const contents = new ByteTable();
  const packages = new Groups(count);
  const distributions = new Groups(count);
  const paths = files.paths.names();
  let alone = files.digests.length;
  for (let file = 0; file < count; file++) {
    const facts = files.facts(file);
    const path = paths.at(file);
    size[file] = Math.max(1, facts.size ?? sizes[file]);
    digest[file] = facts.digest === undefined ? alone++ : contents.numberOf(facts.digest);
    release[file] = facts.release === undefined ? Number.NEGATIVE_INFINITY : facts.release - start;
    kind[file] = facts.kind === undefined ? kindIndexOf(path) : FILE_KINDS.indexOf(facts.kind);
    packages.put(file, facts.package ?? packageNameOf(path));
    distributions.put(file, facts.distribution ?? "");
  }
  if (distributions.names.length > MOST_DISTRIBUTIONS) {
    throw new InputError([
      `expected at most ${MOST_DISTRIBUTIONS} distributions; got ${distributions.names.length}`,
    ]);
  }
  return {
    files: count,
    size,
    digest,
    release,
    path: (file) => paths.at(file),
    kind,
    packageOf: packages.of,
    distributionOf: Uint16Array.from(distributions.of),
    packages: packages.names,
    distributions: distributions.names,
  };
}

/** Which name each file belongs to. The empty name is that of files that belong to none. */
class Groups {
  readonly #table = new ByteTable();
  readonly #of: Uint32Array;

  constructor(count: number) {
    this.#of = new Uint32Array(count);
  }

  put(file: number, name: string): void {
    this.#of[file] = this.#table.numberOf(name);
  }

  /** Empty where no file belongs to any. */
  get of(): Uint32Array {
    return this.#isKnown ? this.#of : new Uint32Array();
  }

  get names(): CompactNames {
    return this.#isKnown ? this.#table.names() : namesOf([]);
  }

  get #isKnown(): boolean {
    return this.#table.length > 1 || (this.#table.length === 1 && this.#table.at(0) !== "");
  }
}
