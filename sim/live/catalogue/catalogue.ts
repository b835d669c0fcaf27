import { realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import type { CatalogueChange, CatalogueView } from "../parts.ts";
import { Batch } from "./batch.ts";
import { Content } from "./content.ts";
import { FileTable, HAS_MD4, WAS_AWAY } from "./file-table.ts";
import { IndexFile } from "./index/index-file.ts";
import { applyFrame } from "./index/records.ts";
import { Scan, type ScanProgress, type ScanSummary } from "./scan.ts";
import { LocalReader } from "./tree/local-reader.ts";
import { ThreadedReader } from "./tree/threaded-reader.ts";
import type { TreeOptions, TreeReader } from "./tree/tree-reader.ts";

/** Opens what reads the tree once; it is told bytes as they are read. */
export type OpenReader = (
  options: TreeOptions,
  onBytes: (bytes: number) => void,
) => TreeReader | Promise<TreeReader>;

export interface CatalogueOptions {
  /** The folder whose files are the repository's. */
  readonly root: string;
  /** Where the index is kept; not below the root. */
  readonly index: string;
  /** Whether MD4 is taken, too. */
  readonly md4: boolean;
  /** Told of changes, batch by batch, when they are on the disk and in the catalogue. */
  readonly onChanges?: (changes: readonly CatalogueChange[]) => void;
  /** Told very often while a scan runs. */
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Seconds that a file must have been left alone before it is read. */
  readonly settle?: number;
  /** Seconds since 1970. */
  readonly wall?: () => number;
  /** A thread of its own unless given. */
  readonly openReader?: OpenReader;
}

/** Seconds that a file must have been left alone, unless said otherwise. */
const SETTLE = 5;

/**
 * Opens the catalogue of a folder tree: all that its index knows, without a look at the tree.
 *
 * @throws InputError where the root is no folder, or the index damaged or not the root's.
 */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const root = resolve(options.root);
  const folder = resolve(options.index);
  checkFolders(root, folder);
  const wall = options.wall ?? (() => Date.now() / 1000);
  const table = new FileTable();
  const content = new Content(table);
  // Versions of an index that was lost lie behind those of a new one, so that none is taken for another.
  const born = Math.floor(wall());
  const index = await IndexFile.open({ folder, root, born }, table, (file) => content.add(file));
  return new Catalogue({ ...options, root, wall }, table, content, index);
}

function checkFolders(root: string, index: string): void {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError([`${root}: expected a folder; got ${nothingOrFile(root)}`]);
  }
  const real = realpathSync(root);
  const isInside = `${realOf(index)}/`.startsWith(real === "/" ? "/" : `${real}/`);
  if (isInside) {
    throw new InputError([
      `${index}: expected a folder outside of ${root}, whose files are published`,
    ]);
  }
}

function nothingOrFile(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? "nothing" : "a file";
}

/** Where a folder really is that need not be there yet. */
function realOf(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return realpathSync(path);
  return `${realOf(dirname(path))}/${path.slice(path.lastIndexOf("/") + 1)}`;
}

/**
 * The files of a folder tree, numbered, with their digests. Numbers are for ever: a path that comes again
 * has its old one. What is handed out is in the index before, so that no number is given twice, whatever
 * happens.
 */
export class Catalogue implements CatalogueView {
  readonly #options: CatalogueOptions & { readonly wall: () => number };
  readonly #table: FileTable;
  readonly #content: Content;
  readonly #index: IndexFile;
  readonly #batch: Batch;
  #running: Promise<ScanSummary> | null = null;
  #queued: Promise<ScanSummary> | null = null;
  #reader: TreeReader | null = null;
  #isClosed = false;

  constructor(
    options: CatalogueOptions & { readonly wall: () => number },
    table: FileTable,
    content: Content,
    index: IndexFile,
  ) {
    this.#options = options;
    this.#table = table;
    this.#content = content;
    this.#index = index;
    this.#batch = new Batch(table);
  }

  get version(): number {
    return this.#table.version;
  }

  get count(): number {
    return this.#table.count;
  }

  /** Files that are in the repository. */
  get there(): number {
    return this.#table.there;
  }

  find(path: string): number {
    const file = this.#table.paths.find(path);
    return this.#table.has(file) ? file : -1;
  }

  has(file: number): boolean {
    return this.#table.has(file);
  }

  path(file: number): string {
    return this.#table.paths.at(file);
  }

  size(file: number): number {
    return this.#table.size(file);
  }

  modified(file: number): number {
    return this.#table.seconds(file);
  }

  sha256(file: number): Uint8Array {
    return this.#table.sha256.get(file);
  }

  /** Read from the index. */
  md4(file: number): Uint8Array | null {
    const isKnown = this.#options.md4 && (this.#table.flags(file) & HAS_MD4) !== 0;
    return isKnown ? this.#index.md4At(this.#table.position(file)) : null;
  }

  location(file: number): string {
    return `${this.#options.root}/${this.path(file)}`;
  }

  identical(file: number): readonly number[] {
    return this.#content.identical(file);
  }

  /**
   * Files that came, changed or went after a version, by number; null where the catalogue has never had
   * that version: then it was that of another index.
   */
  changedSince(version: number): Iterable<number> | null {
    const isKnown = version >= this.#table.born && version <= this.version;
    return isKnown ? this.#changedSince(version) : null;
  }

  *#changedSince(version: number): Iterable<number> {
    if (version === this.version) return;
    const { count } = this;
    for (let file = 0; file < count; file++) {
      if (this.#table.changed(file) > version) yield file;
    }
  }

  /**
   * What somebody is to be told who has heard of all changes up to a version, when numbers below `count`
   * were given; all that is there for who has heard of none (0, 0). Null where the catalogue has never
   * had that version. A file that may have gone and come again is told as both.
   */
  changesSince(version: number, count: number): Iterable<CatalogueChange> | null {
    if (count === 0) return this.#changes(this.#changedSince(0), 0);
    const changed = this.changedSince(version);
    return changed === null || count > this.count ? null : this.#changes(changed, count);
  }

  *#changes(files: Iterable<number>, count: number): Iterable<CatalogueChange> {
    for (const file of files) {
      const isThere = this.has(file);
      if (file >= count) {
        if (isThere) yield { kind: "added", file };
        continue;
      }
      const wasAway = (this.#table.flags(file) & WAS_AWAY) !== 0;
      if (!isThere || wasAway) yield { kind: "removed", file };
      if (isThere) yield { kind: wasAway ? "added" : "changed", file };
    }
  }

  /**
   * Looks through the tree and takes over what has changed; `onChanges` is told meanwhile. While one scan
   * runs, all who ask for another share the one behind it, since the first may have been by.
   *
   * @throws InputError where the tree cannot be looked at; Error where the index cannot be written.
   */
  scan(): Promise<ScanSummary> {
    if (this.#running === null) {
      this.#running = this.#scan().finally(() => {
        this.#running = null;
      });
      return this.#running;
    }
    this.#queued ??= this.#running
      .catch(() => {}) // Whoever asked for it is told.
      .then(() => {
        this.#queued = null;
        return this.scan();
      });
    return this.#queued;
  }

  /** Ends a scan that runs, and lets go of the index. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#reader?.close();
    await Promise.allSettled([this.#running, this.#queued]);
    await this.#index.close();
  }

  async #scan(): Promise<ScanSummary> {
    if (this.#isClosed) throw new Error("the catalogue is closed");
    const { root, md4, wall, openReader = inThread } = this.#options;
    const { settle = SETTLE, onProgress = () => {} } = this.#options;
    let scan: Scan | null = null;
    try {
      const reader = await openReader({ root, md4 }, (bytes) => scan?.read(bytes));
      this.#reader = reader;
      this.#batch.clear();
      const commit = () => this.#commit();
      scan = new Scan({
        ...{ root, md4, wall, settle, onProgress, commit, reader },
        ...{ table: this.#table, batch: this.#batch },
      });
      return await scan.run();
    } finally {
      await this.#reader?.close();
      this.#reader = null;
    }
  }

  async #commit(): Promise<void> {
    const batch = this.#batch;
    const { version, changes } = batch;
    const frame = batch.frame();
    const position = this.#index.end;
    await this.#index.append(frame, version);
    applyFrame(frame, version, position, this.#table, (file) => this.#content.add(file));
    batch.clear();
    if (changes.length > 0) this.#options.onChanges?.(changes);
  }
}

/** A thread begins with a file of JavaScript: what runs unbuilt, in tests, reads without. */
const inThread: OpenReader = import.meta.url.endsWith(".ts")
  ? LocalReader.open
  : (options, onBytes) => new ThreadedReader(options, onBytes);
