import { createHash } from "node:crypto";
import { join } from "node:path";
import bencode from "bencode";
import type { Computed } from "./computed.ts";
import { InfoHashes } from "./info-hashes.ts";
import { pieceLengthOf } from "./piece-length.ts";
import type { PieceParts } from "./piece-parts.ts";

/** SHA-256 of each piece of a file; all pieces but the last are of `length` bytes. */
export interface PieceHashes {
  readonly length: number;
  readonly sha256: readonly Uint8Array[];
}

/** Files that one torrent may have. */
const MOST_FILES = 10_000;

/** Makes torrents (BEP 3, with webseeds as BEP 19 has them), and knows them again by their info hashes. */
export class Torrents {
  readonly #parts: PieceParts;
  readonly #computed: Computed;
  readonly #infoHashes: InfoHashes;
  /** For which version of the catalogue the files of torrents have been compared, and what came out. */
  readonly #compared = new Map<string, readonly number[] | null>();
  #version = Number.NaN;

  /** `computed` is shared with who makes signatures. */
  constructor(parts: PieceParts, computed: Computed) {
    this.#parts = parts;
    this.#computed = computed;
    this.#infoHashes = new InfoHashes(join(parts.folder, LIST), parts.limits.torrents);
  }

  /** The metainfo of a file of the catalogue; null where it is too small, is not as it should be, or too many wait. */
  async torrentOf(file: number): Promise<Buffer | null> {
    if (!this.#isLarge(file)) return null;
    const { catalogue, self, mirrorsOf } = this.#parts;
    const path = catalogue.path(file);
    const info = await this.#info([file], catalogue.size(file), nameOf(path), {});
    if (info === null) return null;
    const mirrors = [...mirrorsOf([file]), self];
    return this.#metainfo(
      info,
      mirrors.map((mirror) => mirror + encoded(path)),
    );
  }

  /**
   * One torrent of several files, such as all that were released at a time; null also where they have no
   * folder of the repository in common, since webseeds give the path by the torrent's name (BEP 19). Its
   * pieces run over the ends of files, as BEP 3 has it.
   */
  async torrentOfFiles(files: readonly number[]): Promise<Buffer | null> {
    const { catalogue, self, mirrorsOf } = this.#parts;
    const isFit =
      files.length > 0 && files.length <= MOST_FILES && files.every((file) => catalogue.has(file));
    if (!isFit) return null;
    const paths = files.map((file) => catalogue.path(file).split("/"));
    const depth = commonDepth(paths);
    const total = files.reduce((sum, file) => sum + catalogue.size(file), 0);
    if (depth === 0 || total === 0) return null;
    const folder = paths[0].slice(0, depth);
    const list = files.map((file, index) => ({
      length: catalogue.size(file),
      path: paths[index].slice(depth),
    }));
    const info = await this.#info(files, total, folder[depth - 1], { files: list });
    if (info === null) return null;
    const above = folder.slice(0, -1).map((name) => `${encoded(name)}/`);
    const mirrors = [...mirrorsOf(files), self];
    return this.#metainfo(
      info,
      mirrors.map((mirror) => mirror + above.join("")),
    );
  }

  /** The pieces of a file of the catalogue, of the same length as its torrent's. */
  async piecesOf(file: number): Promise<PieceHashes | null> {
    if (!this.#isLarge(file)) return null;
    const length = pieceLengthOf(this.#parts.pieceSizes, this.#parts.catalogue.size(file));
    const digests = await this.#computed.pieces([file], length);
    if (typeof digests === "string") return null;
    const count = digests.length / 52;
    const first = 20 * count;
    const sha256 = Array.from({ length: count }, (_, number) =>
      digests.subarray(first + 32 * number, first + 32 * number + 32),
    );
    return { length, sha256 };
  }

  /**
   * The files of the torrent with this info hash, in hexadecimal; null where it is none of ours, or a file
   * has changed since or is gone.
   */
  filesOf(infoHash: string): readonly number[] | null {
    const { catalogue } = this.#parts;
    if (catalogue.version !== this.#version) {
      this.#compared.clear();
      this.#version = catalogue.version;
    }
    const known = this.#compared.get(infoHash);
    if (known !== undefined) return known;
    const entry = this.#infoHashes.get(infoHash);
    if (entry === undefined) return null; // Not remembered: there are as many as one likes to ask for.
    const isSame =
      entry.files.every((file) => catalogue.has(file)) &&
      this.#computed.digestOf(entry.files) === entry.digest;
    const files = isSame ? entry.files : null;
    this.#compared.set(infoHash, files);
    return files;
  }

  #isLarge(file: number): boolean {
    const { catalogue, limits } = this.#parts;
    return catalogue.has(file) && catalogue.size(file) >= Math.max(limits.smallest, 1);
  }

  /** The info dictionary as bytes, known by its hash from now on. */
  async #info(
    files: readonly number[],
    total: number,
    name: string,
    rest: { readonly files?: readonly { readonly length: number; readonly path: string[] }[] },
  ): Promise<Buffer | null> {
    const digest = this.#computed.digestOf(files);
    const length = pieceLengthOf(this.#parts.pieceSizes, total);
    const digests = await this.#computed.pieces(files, length);
    if (typeof digests === "string") return null;
    const pieces = digests.subarray(0, (digests.length / 52) * 20);
    const own = rest.files === undefined ? { length: total } : rest;
    const info = bencode.encode({ ...own, name, "piece length": length, pieces });
    const infoHash = createHash("sha1").update(info).digest("hex");
    if (this.filesOf(infoHash) === null) {
      this.#compared.delete(infoHash);
      try {
        this.#infoHashes.add(infoHash, { digest, files });
      } catch (error) {
        this.#parts.failed(error);
      }
    }
    return Buffer.from(info);
  }

  #metainfo(info: Buffer, webseeds: readonly string[]): Buffer {
    const announce = `${this.#parts.self}-/tracker/announce`;
    // Keys in order: "announce", "info", "url-list". Encoding info again could change its hash.
    const parts = ["d8:announce", bencode.encode(announce), "4:info", info];
    const all = [...parts, "8:url-list", bencode.encode(webseeds), "e"];
    return Buffer.concat(all.map((part) => Buffer.from(part as string)));
  }
}

/** The list of info hashes, beside the cache. */
const LIST = "info-hashes";

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** How many folders all the paths begin with. */
function commonDepth(paths: readonly (readonly string[])[]): number {
  const [first, ...others] = paths;
  const most = Math.min(...paths.map((path) => path.length - 1));
  for (let depth = 0; depth < most; depth++) {
    if (others.some((path) => path[depth] !== first[depth])) return depth;
  }
  return most;
}

/** The path as it stands in an address. */
function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
