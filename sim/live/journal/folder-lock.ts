import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { InputError } from "../../engine/input-error.ts";

/**
 * Makes this process the only one that writes below the folder, which is created where there is none.
 * A process that was killed holds nothing: a lock says whose it is, and since when that process runs.
 * It tells processes of one machine apart, and not those of two that share the folder.
 *
 * @returns What gives it free.
 * @throws InputError when another process has it, or the folder cannot be written.
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, "lock");
  const mine = ownerText(process.pid);
  const written = `${lock}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(written, mine);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (linked(written, lock)) return () => rmSync(lock, { force: true });
      const owner = textOf(lock);
      if (owner !== null && isAlive(owner)) {
        const [pid] = owner.split(" ");
        throw new InputError([`${folder}: expected to be its only server; process ${pid} is`]);
      }
      if (owner !== null) removeStale(lock, owner);
    }
    throw new InputError([`${folder}: expected to be its only server; others start, too`]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof InputError || code === undefined) throw error;
    throw new InputError([`${folder}: expected a folder that can be written (${code})`]);
  } finally {
    if (existsSync(written)) rmSync(written);
  }
}

const ATTEMPTS = 10;

/** Gives the file its second name, which nothing has yet: the lock is there with what it says. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Another process may do the same at the same time, and even have its own lock there already. */
function removeStale(lock: string, owner: string): void {
  const aside = `${lock}.stale-${process.pid}`;
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== owner) linked(aside, lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive(owner: string): boolean {
  const pid = Number(owner.split(" ")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return owner === ownerText(pid);
}

/** The number of a process, and where the system says it, when it began: numbers come again. */
function ownerText(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`) ?? "";
  // The name, in brackets, may hold anything; the time is the 20th field after it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return `${pid} ${fields[0] === ENDED ? "ended" : (fields[19] ?? "")}`;
}

/** State of a process that its parent has not noticed to have ended. */
const ENDED = "Z";

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}
