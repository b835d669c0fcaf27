import { FILE_KINDS, type FileKind } from "../../trace/trace.ts";
import { ByteTable } from "./byte-table.ts";
import { Column, float64, uint8, uint32 } from "./column.ts";

/** What a log or a catalogue says of a file. What it leaves out stays as it was. */
export interface FileFacts {
  /** Bytes. */
  readonly size?: number;
  /** Identity of the content, such as its SHA-256: files with equal texts have the same bytes. */
  readonly digest?: string;
  readonly kind?: FileKind;
  readonly package?: string;
  readonly distribution?: string;
  /** On the clock of the log that says it. */
  readonly release?: number;
}

const NO_NAME = 0xffff_ffff;
const NO_KIND = 255;

/** Files by path, numbered in order of appearance, with what is known of them. */
export class FileTable {
  readonly paths = new ByteTable();
  readonly digests = new ByteTable();
  readonly packages = new ByteTable();
  readonly distributions = new ByteTable();
  readonly #size = new Column(float64, Number.NaN);
  readonly #digest = new Column(uint32, NO_NAME);
  readonly #kind = new Column(uint8, NO_KIND);
  readonly #package = new Column(uint32, NO_NAME);
  readonly #distribution = new Column(uint32, NO_NAME);
  readonly #release = new Column(float64, Number.NaN);

  get length(): number {
    return this.paths.length;
  }

  /** Remembers what is said of the file with this number. */
  state(file: number, facts: FileFacts): void {
    const { size, digest, kind, package: name, distribution, release } = facts;
    if (size !== undefined) this.#size.set(file, size);
    if (digest !== undefined) this.#digest.set(file, this.digests.numberOf(digest));
    if (kind !== undefined) this.#kind.set(file, FILE_KINDS.indexOf(kind));
    if (name !== undefined) this.#package.set(file, this.packages.numberOf(name));
    if (distribution !== undefined) {
      this.#distribution.set(file, this.distributions.numberOf(distribution));
    }
    if (release !== undefined) this.#release.set(file, release);
  }

  /** All that was said of the file. */
  facts(file: number): FileFacts {
    const size = this.#size.get(file);
    const digest = this.#digest.get(file);
    const kind = this.#kind.get(file);
    const name = this.#package.get(file);
    const distribution = this.#distribution.get(file);
    const release = this.#release.get(file);
    return {
      ...(Number.isNaN(size) ? {} : { size }),
      ...(digest === NO_NAME ? {} : { digest: this.digests.at(digest) }),
      ...(kind === NO_KIND ? {} : { kind: FILE_KINDS[kind] }),
      ...(name === NO_NAME ? {} : { package: this.packages.at(name) }),
      ...(distribution === NO_NAME ? {} : { distribution: this.distributions.at(distribution) }),
      ...(Number.isNaN(release) ? {} : { release }),
    };
  }

  /** Bytes as stated; NaN where nothing was. */
  size(file: number): number {
    return this.#size.get(file);
  }
}
