import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/** What `writeWhole` lets its writer do. */
export interface OutputFile {
  write(bytes: Uint8Array): void;
}

/** One call of the system writes less than 2 GiB. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * Writes a file under another name beside `path`, which is then renamed: who opens `path` finds the
 * old file or the new, and no half of one.
 */
export function writeWhole(path: string, write: (file: OutputFile) => void): void {
  const writing = `${path}.writing-${process.pid}`;
  try {
    const handle = openSync(writing, "w");
    try {
      write({ write: (bytes) => writeAll(handle, bytes) });
    } finally {
      closeSync(handle);
    }
    renameSync(writing, path);
  } finally {
    rmSync(writing, { force: true });
  }
}

export function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(handle, bytes, done, Math.min(bytes.length - done, MOST_AT_ONCE));
  }
}
