import type { Bound, Candidate, Random, Trust, TrustEvent, TrustView } from "../policies/index.ts";
import type { Actions } from "./actions.ts";
import { refill } from "./columns.ts";

/** A trust policy for one volunteer, which remembers what became known of it; null to trust all. */
export type BindTrust = (() => Bound<TrustView, Trust, TrustEvent>) | null;

/**
 * Who may serve, by the trust policy, and the audits that it asks for: of a volunteer that may not
 * serve when the policy says so at a request, of one that may when the request goes to it. Each has
 * one audit at a time.
 */
export class Standing {
  readonly #bind: BindTrust;
  readonly #policies: Bound<TrustView, Trust, TrustEvent>[] = [];
  readonly #actions: Actions;
  readonly #random: Random;
  /** Whether the policy asks for an audit of a volunteer that may serve, at the request under way. */
  readonly #isDue: boolean[] = [];
  /** The file of which an audit is under way, or `NO_FILE`. */
  readonly #audits: number[] = [];
  readonly #view = { now: 0, belief: "listed" } as { now: number; belief: TrustView["belief"] };

  constructor(bind: BindTrust, actions: Actions, random: Random) {
    this.#bind = bind;
    this.#actions = actions;
    this.#random = random;
  }

  register(volunteer: number): void {
    this.#isDue[volunteer] ??= false;
    this.#audits[volunteer] ??= NO_FILE;
    if (this.#bind !== null) this.#policies[volunteer] ??= this.#bind();
  }

  /** Whether nobody is excluded, whatever happens. */
  get trustsAll(): boolean {
    return this.#bind === null;
  }

  /** Leaves in `candidates` those that may serve the file, in order; returns how many. */
  filter(candidates: Candidate[], count: number, file: number, now: number): number {
    if (this.#bind === null) return count;
    let serving = 0;
    for (let at = 0; at < count; at++) {
      const { node, belief } = candidates[at];
      const { serve, audit } = this.#decide(node, belief, now, this.#random);
      this.#isDue[node] = serve && audit;
      if (serve) candidates[serving++] = candidates[at];
      else if (audit && hasCopy(belief)) this.#audit(node, file);
    }
    return serving;
  }

  /** What the policy says of the volunteer, without any effect; audits by chance are left out. */
  judge(node: number, belief: TrustView["belief"], now: number): Trust | null {
    if (this.#bind === null) return null;
    return this.#decide(node, belief, now, () => ALMOST_ONE);
  }

  #decide(node: number, belief: TrustView["belief"], now: number, random: Random): Trust {
    this.#view.now = now;
    this.#view.belief = belief;
    return this.#policies[node].decide(this.#view, random);
  }

  /** The request for the file goes to the volunteer. */
  chose(node: number, file: number): void {
    if (this.#bind !== null && this.#isDue[node]) this.#audit(node, file);
  }

  /** The volunteer's copy is to be compared, whatever the policy says. */
  doubt(node: number, file: number): void {
    this.#audit(node, file);
  }

  #audit(node: number, file: number): void {
    if (this.#audits[node] !== NO_FILE) return;
    this.#audits[node] = file;
    this.#actions.add("audit", node, file);
  }

  /** A customer complained, or moved on without a complaint; an audit passed or failed. */
  tell(node: number, kind: TrustEvent["kind"], passed: boolean, at: number): void {
    if (kind === "audit") this.#audits[node] = NO_FILE;
    if (this.#bind !== null) this.#policies[node].observe({ kind, passed, at });
  }

  /** The audit under way has ended without an answer: another may be asked for. */
  ended(node: number): void {
    this.#audits[node] = NO_FILE;
  }

  /** The audits that were asked for and of which nothing has been told since. */
  get auditsUnderWay(): Audit[] {
    return this.#audits.flatMap((file, volunteer) =>
      file === NO_FILE ? [] : [{ volunteer, file }],
    );
  }

  save() {
    return {
      audits: [...this.#audits],
      memories: this.#policies.map((policy) => policy.memory ?? null),
    };
  }

  load(saved: ReturnType<Standing["save"]>): void {
    refill(this.#audits, saved.audits);
    for (const [node, memory] of saved.memories.entries()) this.#policies[node].recall(memory);
  }
}

/** A copy that is to be compared. */
export interface Audit {
  readonly volunteer: number;
  readonly file: number;
}

const NO_FILE = -1;

/** The greatest number that a source of 32 bits draws: no share of a sample is above it. */
const ALMOST_ONE = 1 - 1 / 4_294_967_296;

/** Whether there is a copy to compare. */
function hasCopy(belief: TrustView["belief"]): boolean {
  return belief === "listed" || belief === "verified";
}
