import { setImmediate } from "node:timers/promises";
import type { CatalogueView } from "../parts.ts";

/** A folder of the catalogue: numbers of files, removed ones included, and folders by name. */
interface Folder {
  readonly files: number[];
  readonly folders: Map<string, Folder>;
  /** The file below it that was added last, as of a version of the catalogue. */
  newest: number;
  version: number;
}

/** What is in a folder now, each sorted by name. */
export interface FolderContents {
  readonly files: readonly number[];
  readonly folders: readonly string[];
  /** How many files and folders are left out. */
  readonly more: number;
}

/** Files and folders of one listing: more would keep all others waiting while they are sorted. */
const MOST_LISTED = 10_000;

/** Files looked at before others have a turn: some milliseconds. */
const AT_ONCE = 10_000;

/**
 * The folders of the catalogue, for listings. Nothing is kept until the first is asked for, and then 8
 * bytes a file and some 200 a folder. Numbers of files only grow and keep their paths: later
 * questions look at the new ones alone.
 */
export class Folders {
  readonly #catalogue: CatalogueView;
  readonly #root = empty();
  #known = 0;
  #learning: Promise<void> | null = null;

  constructor(catalogue: CatalogueView) {
    this.#catalogue = catalogue;
  }

  /** What is in the folder at a path without slashes at its ends; null where no file is below it. */
  async contents(path: string): Promise<FolderContents | null> {
    const folder = await this.#at(path);
    if (folder === undefined || !this.#isAlive(folder)) return null;
    const files = folder.files.filter((file) => this.#catalogue.has(file));
    const folders = Array.from(folder.folders)
      .filter(([, each]) => this.#isAlive(each))
      .map(([name]) => name);
    return {
      files: files.slice(0, MOST_LISTED).sort(this.#byPath),
      folders: folders.slice(0, MOST_LISTED).sort(),
      more: Math.max(0, files.length - MOST_LISTED) + Math.max(0, folders.length - MOST_LISTED),
    };
  }

  /** The file below a folder that was added last: who has it is likely to have the others. -1: none. */
  async newest(path: string): Promise<number> {
    const folder = await this.#at(path);
    return folder === undefined ? -1 : this.#newestOf(folder);
  }

  async #at(path: string): Promise<Folder | undefined> {
    if (this.#known < this.#catalogue.count) {
      this.#learning ??= this.#learn().finally(() => {
        this.#learning = null;
      });
      await this.#learning;
    }
    if (path === "") return this.#root;
    let folder: Folder | undefined = this.#root;
    for (const name of path.split("/")) folder = folder?.folders.get(name);
    return folder;
  }

  async #learn(): Promise<void> {
    let last = "";
    let folder = this.#root;
    while (this.#known < this.#catalogue.count) {
      const path = this.#catalogue.path(this.#known);
      const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      if (parent !== last) folder = this.#made(parent); // Files of one folder tend to stand together.
      last = parent;
      folder.files.push(this.#known++);
      if (this.#known % AT_ONCE === 0) await setImmediate();
    }
  }

  #made(path: string): Folder {
    let folder = this.#root;
    for (const name of path === "" ? [] : path.split("/")) {
      let next = folder.folders.get(name);
      if (next === undefined) {
        next = empty();
        folder.folders.set(name, next);
      }
      folder = next;
    }
    return folder;
  }

  #isAlive(folder: Folder): boolean {
    if (folder.files.some((file) => this.#catalogue.has(file))) return true;
    for (const each of folder.folders.values()) if (this.#isAlive(each)) return true;
    return false;
  }

  #newestOf(folder: Folder): number {
    const { version } = this.#catalogue;
    if (folder.version === version) return folder.newest;
    folder.newest = folder.files.findLast((file) => this.#catalogue.has(file)) ?? -1;
    for (const each of folder.folders.values()) {
      folder.newest = Math.max(folder.newest, this.#newestOf(each));
    }
    folder.version = version;
    return folder.newest;
  }

  readonly #byPath = (one: number, other: number): number =>
    this.#catalogue.path(one) < this.#catalogue.path(other) ? -1 : 1;
}

function empty(): Folder {
  return { files: [], folders: new Map(), newest: -1, version: -1 };
}
