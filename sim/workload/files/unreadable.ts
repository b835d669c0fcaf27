import { InputError } from "../../engine/input-error.ts";

/** Turns what the file system or zlib throws about a file into one line that names the file. */
export function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const found = FOUND[code];
  return found === undefined ? error : new InputError([`${path}: ${found}`]);
}

const FOUND: Readonly<Record<string, string>> = {
  ENOENT: "expected a file; got nothing of that name",
  EISDIR: "expected a file; got a directory",
  EACCES: "expected a readable file; got no permission",
  Z_BUF_ERROR: "expected a whole gzip file; got one that is cut short",
  Z_DATA_ERROR: "expected a sound gzip file; got a damaged one",
};
