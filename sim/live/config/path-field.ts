/** Fields of paths, which count from the folder of the file that names them. */
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Complaint } from "../../experiment/config/complaint.ts";
import { field, type JsonSchema } from "../../experiment/config/field.ts";
import { codeOf, DISK, type Disk } from "./disk.ts";

/** Where a configuration stands, and what it can look at. */
export interface Surroundings {
  /** Absolute path of the configuration. */
  readonly file: string;
  readonly disk: Disk;
  /** The absolute path that is meant by one in the configuration. */
  readonly at: (path: string) => string;
}

export function surroundingsOf(file: string, disk: Disk = DISK): Surroundings {
  const absolute = resolve(file);
  return { file: absolute, disk, at: (path) => resolve(dirname(absolute), path.trim()) };
}

const PATH: JsonSchema = { type: "string", minLength: 1 };

/** A folder that is there and can be read. */
export function folderToRead({ at, disk }: Surroundings) {
  return pathField((text) => {
    const path = at(text);
    const kind = disk.kindOf(path);
    if (kind === "file") return expected("a folder", `the file ${path}`);
    if (kind !== "folder") return absent("folder", path, kind.code);
    const problem = disk.unreadable(path);
    return problem === null ? path : expected("a folder that can be read", `${problem}: ${path}`);
  });
}

/** A folder that can be written to, or made. */
export function folderToWrite({ at, disk }: Surroundings) {
  return pathField((text) => {
    const path = at(text);
    if (disk.kindOf(path) === "file") return expected("a folder", `the file ${path}`);
    const problem = disk.unwritable(path);
    return problem === null ? path : expected("a folder to write to", `${problem}: ${path}`);
  });
}

/** A file that is there and can be read; `read`, given its path, makes the value of it. */
export function fileToRead(
  { at, disk }: Surroundings,
  read: (path: string) => string | Complaint = (path) => path,
) {
  return pathField((text) => {
    const path = at(text);
    const kind = disk.kindOf(path);
    if (kind === "folder") return expected("a file", `the folder ${path}`);
    if (kind !== "file") return absent("file", path, kind.code);
    const problem = disk.unreadable(path);
    return problem === null
      ? read(path)
      : expected("a file that can be read", `${problem}: ${path}`);
  });
}

/** What the file holds, or why it cannot be read. */
export function textIn(disk: Disk, path: string): { readonly text: string } | Complaint {
  try {
    return { text: disk.read(path) };
  } catch (error) {
    return expected("a file that can be read", `${codeOf(error)}: ${path}`);
  }
}

/** Whether `path` lies in the folder, or is it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function pathField(read: (text: string) => string | Complaint) {
  return field(PATH, (value, complain) => {
    if (typeof value !== "string" || value.trim() === "") {
      return complain({ kind: "expected", what: "a path" });
    }
    const found = read(value);
    return typeof found === "string" ? found : complain(found);
  });
}

function absent(what: string, path: string, code: string): Complaint {
  if (code === "ENOENT") return { kind: "other", text: `missing ${what}: ${path}` };
  return expected(`a ${what}`, `${code}: ${path}`);
}

function expected(what: string, found: string): Complaint {
  return { kind: "other", text: `expected ${what}; got ${found}` };
}
