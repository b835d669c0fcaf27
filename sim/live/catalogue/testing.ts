/** Catalogues for tests and benchmarks: a tree in a folder of its own, and one of millions of files without. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import type { CatalogueChange } from "../parts.ts";
import { type Catalogue, type CatalogueOptions, openCatalogue } from "./catalogue.ts";
import { LocalReader } from "./tree/local-reader.ts";
import type { Digests, TreeOptions, TreePart, TreeReader } from "./tree/tree-reader.ts";

/** When files of test trees were modified, seconds since 1970, and the time that it is by then. */
export const MODIFIED = 1_700_000_000;
export const NOW = 1_800_000_000;

/** A tree and a place for its index, below a temporary folder. */
export class TestTree {
  readonly folder = mkdtempSync(join(tmpdir(), "mirrorlab-catalogue-"));
  readonly root = join(this.folder, "tree");
  readonly index = join(this.folder, "state");
  /** What catalogues of it have told, in order. */
  readonly changes: CatalogueChange[] = [];
  wall = NOW;

  constructor() {
    mkdirSync(this.root);
  }

  write(path: string, content: string | Uint8Array, modified = MODIFIED): void {
    const at = join(this.root, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, content);
    utimesSync(at, modified, modified);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  open(options: Partial<CatalogueOptions> = {}): Promise<Catalogue> {
    return openCatalogue({
      ...{ root: this.root, index: this.index, md4: false, wall: () => this.wall },
      onChanges: (changes) => this.changes.push(...changes),
      openReader: (of, onBytes) => LocalReader.open(of, onBytes),
      ...options,
    });
  }

  /** What has been told since the last time, such as `added a/b`. */
  told(catalogue: Catalogue): string[] {
    return this.changes.splice(0).map(({ kind, file }) => `${kind} ${catalogue.path(file)}`);
  }

  delete(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** What an error says that is the user's; "none" where there is none. Others are thrown on. */
export async function failure(of: Promise<unknown>): Promise<string> {
  try {
    await of;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message;
  }
  return "none";
}

/** Files in a folder of a synthetic tree. */
const FOLDER = 10;

/** The path of a file of a synthetic tree; of 85 characters in the mean. */
export function syntheticPath(file: number): string {
  const folder = Math.floor(file / FOLDER);
  const name = `lib-thing-${folder}-part-${file % FOLDER}_1.${file % 37}.2-1_amd64.deb`;
  return `distro-${folder % 7}/updates/pool/main/${folder % 26}/package-${folder}/${name}`;
}

/** Bytes of that file. */
export function syntheticSize(file: number): number {
  return 1000 + ((file * 7919) % 1_000_003);
}

/**
 * A catalogue of so many files that are nowhere but in it and its index, made as fast as can be. All have
 * other bytes, by their digests.
 *
 * @param folder Where its index and its empty tree are made; the caller removes it.
 */
export async function syntheticCatalogue(
  count: number,
  folder: string,
  options: Partial<CatalogueOptions> = {},
): Promise<Catalogue> {
  const [root, index] = [join(folder, "tree"), join(folder, "state")];
  mkdirSync(root, { recursive: true });
  const openReader = (of: TreeOptions) => new SyntheticReader(count, of.md4);
  const catalogue = await openCatalogue({ root, index, md4: false, openReader, ...options });
  await catalogue.scan();
  return catalogue;
}

class SyntheticReader implements TreeReader {
  readonly #count: number;
  readonly #md4: boolean;
  #next = 0;
  #digested = 0;

  constructor(count: number, md4: boolean) {
    this.#count = count;
    this.#md4 = md4;
  }

  async next(): Promise<TreePart | null> {
    const from = this.#next;
    if (from === this.#count) return null;
    const length = Math.min(512, this.#count - from);
    this.#next += length;
    const paths = Array.from({ length }, (_, i) => syntheticPath(from + i));
    return { paths, ...marks(from, length), skipped: [] };
  }

  async digest(paths: readonly string[]): Promise<Digests> {
    const { length } = paths;
    const sha256 = new Uint8Array(32 * length);
    paths.forEach((path, i) => {
      sha256.set(createHash("sha256").update(path).digest(), 32 * i);
    });
    const md4 = this.#md4 ? sha256.slice(0, 16 * length) : null;
    // Files of a part are asked for in order, all of them.
    const from = this.#digested;
    this.#digested += length;
    return { readings: new Uint8Array(length), ...marks(from, length), sha256, md4 };
  }

  async close(): Promise<void> {}
}

function marks(from: number, length: number) {
  return {
    sizes: Float64Array.from({ length }, (_, i) => syntheticSize(from + i)),
    seconds: new Uint32Array(length).fill(MODIFIED),
    stamps: Uint32Array.from({ length }, (_, i) => from + i),
  };
}
