import type { CatalogueChange } from "../parts.ts";
import { type FileFacts, type FileTable, IS_THERE, WAS_AWAY } from "./file-table.ts";
import { FrameWriter } from "./index/records.ts";
import { codedName } from "./paths.ts";

/** What was found in a file. */
export interface FoundFile extends Pick<FileFacts, "size" | "seconds" | "stamp"> {
  readonly sha256: Uint8Array;
  readonly md4: Uint8Array | null;
}

const NO_MD4 = null;
const NO_NAME = new Uint8Array(0);

/**
 * Changes that go to the index together, and then to whoever is told of changes. Nothing is numbered in the
 * table until the index has them: a batch that a full disk refuses has never been.
 */
export class Batch {
  readonly #table: FileTable;
  readonly #writer = new FrameWriter();
  readonly #utf8 = new TextEncoder();
  /** Folders that the table does not know yet. */
  readonly #folders = new Map<string, number>();
  #files = 0;
  #changes: CatalogueChange[] = [];
  #records = 0;

  constructor(table: FileTable) {
    this.#table = table;
  }

  /** Files with something to write down. */
  get length(): number {
    return this.#records;
  }

  get changes(): readonly CatalogueChange[] {
    return this.#changes;
  }

  /** The version that holds with the batch: one more, unless nothing has changed for others. */
  get version(): number {
    return this.#table.version + (this.#changes.length > 0 ? 1 : 0);
  }

  /** The records; see `FrameWriter`. */
  frame(): Uint8Array {
    return this.#writer.frame();
  }

  /** Returns what became of the file; null where it has the same bytes as before. */
  put(path: string, found: FoundFile): CatalogueChange["kind"] | null {
    const table = this.#table;
    const known = table.paths.find(path);
    const file = known < 0 ? table.count + this.#files++ : known;
    const name = known < 0 ? this.#nameOf(path) : NO_NAME;
    const kind = this.#kindOf(known, found);
    if (kind !== null) this.#changes.push({ kind, file });
    const facts = {
      ...{ size: found.size, seconds: found.seconds, stamp: found.stamp },
      flags: IS_THERE | (table.flags(known) & WAS_AWAY),
      changed: kind === null ? table.changed(known) : table.version + 1,
    };
    this.#writer.file(file, facts, found.sha256, found.md4, name);
    this.#records++;
    return kind;
  }

  remove(file: number): void {
    const table = this.#table;
    const facts = {
      ...{ size: table.size(file), seconds: table.seconds(file), stamp: table.stamp(file) },
      ...{ flags: WAS_AWAY, changed: table.version + 1 },
    };
    this.#writer.file(file, facts, table.sha256.get(file), NO_MD4, NO_NAME);
    this.#changes.push({ kind: "removed", file });
    this.#records++;
  }

  /** Begins the next batch. */
  clear(): void {
    this.#writer.clear();
    this.#folders.clear();
    this.#files = 0;
    this.#changes = [];
    this.#records = 0;
  }

  #kindOf(known: number, found: FoundFile): CatalogueChange["kind"] | null {
    const table = this.#table;
    if (!table.has(known)) return "added";
    const isSame = found.size === table.size(known) && table.sha256.equals(known, found.sha256, 0);
    return isSame ? null : "changed";
  }

  /** Its folder, which is written down first where it is new, and its name. */
  #nameOf(path: string): Uint8Array {
    const slash = path.lastIndexOf("/");
    const folder = slash < 0 ? "" : path.slice(0, slash);
    const known = this.#table.paths.findFolder(folder);
    let number = known < 0 ? this.#folders.get(folder) : known;
    if (number === undefined) {
      number = this.#table.paths.folders + this.#folders.size;
      this.#folders.set(folder, number);
      this.#writer.folder(this.#utf8.encode(folder));
    }
    return this.#utf8.encode(codedName(number, path.slice(slash + 1)));
  }
}
