import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { AuditResult } from "../../../coordinator/index.ts";
import type { Random } from "../../../policies/index.ts";
import type { AuditLimits } from "../volunteer-host.ts";
import { CutShort, chunksOf, fetched } from "./fetching.ts";
import { auditedRanges, type Range } from "./ranges.ts";

/** What came of an audit, and why in words. */
export interface Verdict {
  readonly result: AuditResult;
  readonly why: string;
}

/** The file as the catalogue has it. */
export interface Original {
  readonly size: number;
  /** Whole seconds since 1970. */
  readonly modified: number;
  readonly sha256: Uint8Array;
  readonly location: string;
}

/** The server's own file is not the one in the catalogue, so that there is nothing to compare with. */
class NoOriginal extends Error {}

const PASSED: Verdict = { result: "passed", why: "has the server's bytes" };

/**
 * Compares a volunteer's copy with the original: a small file whole, by its SHA-256, a large one in
 * ranges, byte by byte. Redirects count as failed: the volunteer was listed because it says that it has
 * the file itself, and where customers would be sent from there is not known to be checked by anyone.
 *
 * @throws NoAnswer where nothing is known of the copy afterwards.
 */
export async function checkCopy(
  url: string,
  original: Original,
  limits: AuditLimits,
  random: Random,
  signal: AbortSignal,
): Promise<Verdict> {
  const check = new CopyCheck(url, original, limits, signal);
  if (original.size <= limits.whole) return await twice(() => check.whole());
  const ranges = auditedRanges(original.size, limits.range, limits.drawn, random);
  const file = await openOriginal(original);
  if (file === null) return NOTHING_TO_COMPARE;
  try {
    for (const range of ranges) {
      const { verdict, isLast } = await check.rangeTwice(range, file);
      if (verdict.result !== "passed" || isLast) return verdict;
    }
    return PASSED;
  } catch (error) {
    if (error instanceof NoOriginal) return NOTHING_TO_COMPARE;
    throw error;
  } finally {
    await file.close();
  }
}

/** In favour of the volunteer, of whose copy nothing bad is known. The next scan will tell the change. */
const NOTHING_TO_COMPARE: Verdict = {
  ...{ result: "passed", why: "the server's own file is being changed" },
};

/** A line that breaks may be an accident; a second one says that the copy cannot be had whole. */
async function twice(check: () => Promise<Verdict>): Promise<Verdict> {
  for (let isSecond = false; ; isSecond = true) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      if (isSecond) return { result: "failed", why: "breaks off in the middle, twice" };
    }
  }
}

class CopyCheck {
  readonly #url: string;
  readonly #original: Original;
  readonly #limits: AuditLimits;
  readonly #signal: AbortSignal;

  constructor(url: string, original: Original, limits: AuditLimits, signal: AbortSignal) {
    this.#url = url;
    this.#original = original;
    this.#limits = limits;
    this.#signal = signal;
  }

  async whole(): Promise<Verdict> {
    const { size, sha256 } = this.#original;
    const response = await this.#get({});
    const problem = response.statusCode === 200 ? this.#wrongLength(response) : byStatus(response);
    if (problem !== null) return ended(response, problem);
    const hash = createHash("sha256");
    let length = 0;
    for await (const chunk of this.#chunks(response)) {
      length += chunk.length;
      if (length > size) break;
      hash.update(chunk);
    }
    if (length !== size) return failed(`${length > size ? "more" : "fewer"} bytes than ${size}`);
    return hash.digest().equals(sha256) ? PASSED : failed("another SHA-256");
  }

  /** `isLast`: nothing more can be asked for, since the answer was not a range. */
  async rangeTwice(range: Range, file: FileHandle) {
    let isLast = false;
    const verdict = await twice(async () => {
      const headers = { Range: `bytes=${range.start}-${range.end - 1}` };
      const response = await this.#get(headers);
      if (response.statusCode === 206) return await this.#range(response, range, file);
      isLast = true;
      const problem =
        response.statusCode === 200 ? this.#wrongLength(response) : byStatus(response);
      if (problem !== null) return ended(response, problem);
      const end = Math.min(this.#original.size, this.#limits.most);
      return await this.#compare(response, { start: 0, end }, file);
    });
    return { verdict, isLast };
  }

  async #range(response: IncomingMessage, range: Range, file: FileHandle): Promise<Verdict> {
    const told = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers["content-range"] ?? "");
    const { size } = this.#original;
    if (told === null) return ended(response, failed("a range without Content-Range"));
    if (told[3] !== "*" && Number(told[3]) !== size) {
      return ended(response, failed(`a file of ${told[3]} bytes instead of ${size}`));
    }
    if (Number(told[1]) !== range.start || Number(told[2]) !== range.end - 1) {
      return ended(response, failed("another range than asked for"));
    }
    return await this.#compare(response, range, file);
  }

  async #compare(response: IncomingMessage, range: Range, file: FileHandle): Promise<Verdict> {
    let at = range.start;
    for await (const chunk of this.#chunks(response)) {
      const part = chunk.subarray(0, range.end - at);
      const own = await readOriginal(file, at, part.length, this.#original);
      if (!own.equals(part)) return failed(`other bytes than the server's behind ${at}`);
      at += part.length;
      if (at === range.end) return PASSED;
    }
    return failed(`ends at ${at}, before ${range.end}`);
  }

  #get(headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    const { firstByte } = this.#limits;
    return fetched(this.#url, { method: "GET", headers, firstByte, signal: this.#signal });
  }

  #chunks(response: IncomingMessage): AsyncGenerator<Buffer> {
    return chunksOf(response, { firstByte: this.#limits.firstByte, signal: this.#signal });
  }

  /** A page that says with status 200 that there is nothing has another length. */
  #wrongLength({ headers }: IncomingMessage): Verdict | null {
    const length = headers["content-length"];
    if (length === undefined || Number(length) === this.#original.size) return null;
    return failed(`${length} bytes instead of ${this.#original.size}`);
  }
}

/** What a status other than those of success says of the copy. */
function byStatus({ statusCode = 0, headers }: IncomingMessage): Verdict {
  const isBusy = statusCode >= 500 || statusCode === 429 || statusCode === 408;
  if (isBusy) return { result: "unanswered", why: `status ${statusCode}` };
  if (statusCode >= 300 && statusCode < 400) {
    return failed(`status ${statusCode}, to ${(headers.location ?? "nowhere").slice(0, 200)}`);
  }
  return failed(`status ${statusCode}`);
}

function failed(why: string): Verdict {
  return { result: "failed", why };
}

function ended(response: IncomingMessage, verdict: Verdict): Verdict {
  response.destroy();
  return verdict;
}

async function openOriginal(original: Original): Promise<FileHandle | null> {
  const file = await open(original.location).catch(() => null);
  if (file === null || (await isOriginal(file, original))) return file;
  await file.close();
  return null;
}

async function isOriginal(file: FileHandle, { size, modified }: Original): Promise<boolean> {
  const stat = await file.stat();
  return stat.size === size && Math.floor(stat.mtimeMs / 1000) === modified;
}

async function readOriginal(
  file: FileHandle,
  start: number,
  length: number,
  original: Original,
): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, start);
  if (!(await isOriginal(file, original))) throw new NoOriginal();
  return bytes;
}
