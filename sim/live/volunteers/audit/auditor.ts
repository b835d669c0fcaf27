import type { AuditResult } from "../../../coordinator/index.ts";
import type { Random } from "../../../policies/index.ts";
import type { CatalogueView } from "../../parts.ts";
import { addressOf } from "../bases.ts";
import type { AuditLimits } from "../volunteer-host.ts";
import { checkCopy, type Original, type Verdict } from "./copy-check.ts";
import { NoAnswer } from "./fetching.ts";

/** Where an auditor finds copies, and whom it tells what came of it. */
export interface AuditHost {
  bases(volunteer: number): readonly string[];
  audited(volunteer: number, file: number, result: AuditResult, why: string): void;
}

interface Audit {
  readonly volunteer: number;
  readonly file: number;
}

/**
 * Fetches copies from volunteers and compares them with what the server has: one of a volunteer at a
 * time, so many at once. It asks only for files of the catalogue, at addresses that were registered, at
 * any of them by chance. What was changed or removed meanwhile is held against nobody.
 */
export class Auditor {
  readonly #host: AuditHost;
  readonly #catalogue: CatalogueView;
  readonly #limits: AuditLimits;
  readonly #random: Random;
  readonly #waiting: Audit[] = [];
  readonly #busy = new Set<number>();
  readonly #underWay = new Set<AbortController>();
  #isClosed = false;

  constructor(host: AuditHost, catalogue: CatalogueView, limits: AuditLimits, random: Random) {
    this.#host = host;
    this.#catalogue = catalogue;
    this.#limits = limits;
    this.#random = random;
  }

  audit(volunteer: number, file: number): void {
    this.#waiting.push({ volunteer, file });
    this.#begin();
  }

  /** Ends what is under way; nothing more is told. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
    for (const stop of this.#underWay) stop.abort();
  }

  #begin(): void {
    while (this.#busy.size < this.#limits.atOnce && !this.#isClosed) {
      const at = this.#waiting.findIndex(({ volunteer }) => !this.#busy.has(volunteer));
      if (at < 0) return;
      const [next] = this.#waiting.splice(at, 1);
      this.#busy.add(next.volunteer);
      this.#do(next);
    }
  }

  async #do({ volunteer, file }: Audit): Promise<void> {
    const { result, why } = await this.#verdict(volunteer, file);
    this.#busy.delete(volunteer);
    if (this.#isClosed) return;
    this.#host.audited(volunteer, file, result, why);
    this.#begin();
  }

  async #verdict(volunteer: number, file: number): Promise<Verdict> {
    if (!this.#catalogue.has(file)) return GONE;
    const original = this.#original(file);
    const bases = this.#host.bases(volunteer);
    if (bases.length === 0) return { result: "unanswered", why: "has no address" };
    const base = bases[Math.floor(this.#random() * bases.length)];
    const stop = new AbortController();
    this.#underWay.add(stop);
    const timeout = setTimeout(() => stop.abort(), 1000 * this.#limits.total);
    const url = addressOf(base, this.#catalogue.path(file));
    try {
      const verdict = await checkCopy(url, original, this.#limits, this.#random, stop.signal);
      return this.#isStill(file, original) ? verdict : GONE;
    } catch (error) {
      // What goes wrong on this side says nothing good of the copy either.
      const why = error instanceof Error ? error.message : String(error);
      if (stop.signal.aborted) return { result: "unanswered", why: "took too long" };
      return { result: "unanswered", why: error instanceof NoAnswer ? why : `unexpected: ${why}` };
    } finally {
      clearTimeout(timeout);
      this.#underWay.delete(stop);
    }
  }

  #original(file: number): Original {
    return {
      size: this.#catalogue.size(file),
      modified: this.#catalogue.modified(file),
      sha256: Uint8Array.from(this.#catalogue.sha256(file)), // A view that the next call changes.
      location: this.#catalogue.location(file),
    };
  }

  #isStill(file: number, { sha256 }: Original): boolean {
    if (!this.#catalogue.has(file)) return false;
    return Buffer.compare(this.#catalogue.sha256(file), sha256) === 0;
  }
}

const GONE: Verdict = { result: "passed", why: "the file was changed or removed meanwhile" };
