import { Numbering } from "../../coordinator/index.ts";

/** Characters of ASCII, and so bytes, that stand for a folder's number in front of a name. */
const CODE = 4;

/**
 * The paths of a tree, numbered from 0 in order of appearance. Folders are kept once: a file is the number
 * of its folder and its name, which halves what the paths of a mirror take.
 */
export class Paths {
  readonly #folders = new Numbering();
  readonly #names = new Numbering();

  /** Paths so far. */
  get length(): number {
    return this.#names.length;
  }

  get folders(): number {
    return this.#folders.length;
  }

  /** The number of the path, or -1 where it is not known. */
  find(path: string): number {
    const slash = path.lastIndexOf("/");
    if (slash === 0) return -1; // No path of a tree begins with one.
    const folder = this.#folders.find(slash < 0 ? "" : path.slice(0, slash));
    return folder < 0 ? -1 : this.#names.find(codeOf(folder) + path.slice(slash + 1));
  }

  /** The path of a number. */
  at(number: number): string {
    const name = this.#names.at(number);
    const folder = this.#folders.at(folderOf(name));
    return folder === "" ? name.slice(CODE) : `${folder}/${name.slice(CODE)}`;
  }

  /** The number of a folder, without a slash at its end, or -1. */
  findFolder(folder: string): number {
    return this.#folders.find(folder);
  }

  folderAt(number: number): Uint8Array {
    return this.#folders.bytesAt(number);
  }

  /** The folder's number and the name, as one text for `add`; a view, valid until one is added. */
  nameAt(number: number): Uint8Array {
    return this.#names.bytesAt(number);
  }

  /** Adds the folder in `bytes` from `start` to before `end`; its number. */
  addFolder(bytes: Uint8Array, start: number, end: number): number {
    return this.#folders.number(bytes, start, end);
  }

  /** Adds the coded name in `bytes` from `start` to before `end`; its number. */
  add(bytes: Uint8Array, start: number, end: number): number {
    return this.#names.number(bytes, start, end);
  }
}

/** A name as `add` takes it. */
export function codedName(folder: number, name: string): string {
  return codeOf(folder) + name;
}

function codeOf(folder: number): string {
  return String.fromCharCode(
    (folder >>> 21) & 127,
    (folder >>> 14) & 127,
    (folder >>> 7) & 127,
    folder & 127,
  );
}

function folderOf(name: string): number {
  let folder = 0;
  for (let i = 0; i < CODE; i++) folder = (folder << 7) | name.charCodeAt(i);
  return folder;
}
