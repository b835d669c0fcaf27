import { ByteColumn, Column, SizeColumn } from "./column.ts";
import { Paths } from "./paths.ts";

/** The file is in the repository. */
export const IS_THERE = 1;
/** It has been away in between. */
export const WAS_AWAY = 2;
/** Its MD4 is in the index. */
export const HAS_MD4 = 4;

/** What is known of one file: what its record in the index says. */
export interface FileFacts {
  /** Of the constants above. */
  readonly flags: number;
  /** The version of the catalogue with which it came, changed or went last. */
  readonly changed: number;
  /** Bytes. */
  readonly size: number;
  /** When it was modified: whole seconds since 1970. */
  readonly seconds: number;
  /** Stands for all that tells a version of a file from another without reading it: see `stampOf`. */
  readonly stamp: number;
}

/** All that is known of the files, in columns: some 75 bytes a file, names apart. */
export class FileTable {
  readonly paths = new Paths();
  readonly sha256 = new ByteColumn(32);
  readonly #flags = new ByteColumn(1);
  readonly #size = new SizeColumn();
  readonly #seconds = new Column();
  readonly #stamp = new Column();
  readonly #changed = new Column();
  /** Where the record with a file's MD4 begins in the index, in units of 8 bytes. */
  readonly #position = new Column();
  /** Files that are there. */
  #there = 0;

  /** The version that the index began with, when nothing was there. */
  born = 0;
  version = 0;

  get count(): number {
    return this.paths.length;
  }

  get there(): number {
    return this.#there;
  }

  has(file: number): boolean {
    return (this.flags(file) & IS_THERE) !== 0;
  }

  flags(file: number): number {
    return file >= 0 && file < this.count ? this.#flags.byte(file, 0) : 0;
  }

  size(file: number): number {
    return this.#size.get(file);
  }

  seconds(file: number): number {
    return this.#seconds.get(file);
  }

  stamp(file: number): number {
    return this.#stamp.get(file);
  }

  changed(file: number): number {
    return this.#changed.get(file);
  }

  /** Bytes from the start of the index. */
  position(file: number): number {
    return 8 * this.#position.get(file);
  }

  /** The file's record stands there from now on. */
  move(file: number, position: number): void {
    if ((this.flags(file) & HAS_MD4) !== 0) this.#position.set(file, position / 8);
  }

  /** Takes over the facts of a file whose path is known. */
  set(file: number, facts: FileFacts): void {
    this.#there += (facts.flags & IS_THERE) - (this.flags(file) & IS_THERE);
    this.#flags.setByte(file, 0, facts.flags);
    this.#size.set(file, facts.size);
    this.#seconds.set(file, facts.seconds);
    this.#stamp.set(file, facts.stamp);
    this.#changed.set(file, facts.changed);
  }
}
