import { hostname } from "node:os";

/** This process among all that share a file system: `12@host`. */
export function processName(): string {
  return `${process.pid}@${hostname()}`;
}

/**
 * Whether the process that a name begins with has surely ended: it ran on this machine, and is no more.
 * Of what this process has left from an earlier attempt the same holds, since it writes one at a time.
 */
export function hasEnded(name: string): boolean {
  const [, pid, host] = /^(\d+)@(.*)$/.exec(name) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EPERM";
  }
}
