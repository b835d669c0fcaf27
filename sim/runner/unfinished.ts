/**
 * Something outside stopped the work: a full disk, memory, a cluster. What was finished is kept, and
 * the command exits with 1, since neither the input nor mirrorlab is to blame.
 */
export class Unfinished extends Error {
  override readonly name = "Unfinished";
}

/** The user stopped the work. What was finished is kept; the command exits with 130. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** What the operating system says of a failed call, as `ENOSPC`; undefined of any other error. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" && "syscall" in (error as object) ? code : undefined;
}
