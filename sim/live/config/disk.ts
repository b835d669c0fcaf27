import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** What a configuration asks of the disk. Paths are absolute. */
export interface Disk {
  /** What is there, or why that cannot be told, as a code of the system. */
  kindOf(path: string): "file" | "folder" | { readonly code: string };
  /** Null, or why it cannot be read, as a code of the system. A folder: also not be entered. */
  unreadable(path: string): string | null;
  /** Null, or why nothing can be made in the folder, or in what is above one that is not there. */
  unwritable(folder: string): string | null;
  /** @throws Error with a code of the system. */
  read(path: string): string;
}

export const DISK: Disk = {
  kindOf(path) {
    try {
      return statSync(path).isDirectory() ? "folder" : "file";
    } catch (error) {
      return { code: codeOf(error) };
    }
  },
  unreadable: (path) =>
    refused(path, constants.R_OK | (DISK.kindOf(path) === "folder" ? constants.X_OK : 0)),
  unwritable(folder) {
    const problem = refused(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const above = dirname(folder);
    return problem === "ENOENT" && above !== folder ? DISK.unwritable(above) : problem;
  },
  read: (path) => readFileSync(path, "utf8"),
};

function refused(path: string, mode: number): string | null {
  try {
    accessSync(path, mode);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** The system's word for what went wrong, such as EACCES. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "an error";
}
