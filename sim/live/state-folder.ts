import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { lockFolder } from "./journal/folder-lock.ts";

/** What a server keeps, and where: one folder of one process. */
export interface StateFolder {
  readonly journal: string;
  readonly catalogue: string;
  readonly pieces: string;
  /** The key of customers' hashes, which outlives restarts so that customers are known again. */
  readonly key: Uint8Array;
  /** What `sim rescan` shows to be the operator's, in hexadecimal. */
  readonly admin: string;
  /** Gives the folder free for another process. */
  release(): void;
}

/** @throws InputError where another server has it, or it cannot be written. */
export function openStateFolder(folder: string): StateFolder {
  const release = lockFolder(folder);
  try {
    const journal = join(folder, "journal");
    mkdirSync(journal, { recursive: true, mode: 0o700 });
    return {
      ...{ journal, release },
      catalogue: join(folder, "catalogue"),
      pieces: join(folder, "pieces"),
      key: Buffer.from(secretIn(join(folder, "key")), "hex"),
      admin: secretIn(join(folder, "admin")),
    };
  } catch (error) {
    release();
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof InputError || code === undefined) throw error;
    throw new InputError([`${folder}: expected a folder that can be written (${code})`]);
  }
}

/** 32 bytes in hexadecimal, drawn when they are needed first. */
function secretIn(path: string): string {
  if (!existsSync(path)) {
    writeFileSync(path, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  const secret = readFileSync(path, "latin1").trim();
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new InputError([`${path}: expected 64 hexadecimal digits; remove it to draw others`]);
}
