import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import { BitTable } from "./bits.ts";
import { hashOf, initialCount, type Machine, volunteersOf } from "./machines.ts";
import { OnOff } from "./on-off.ts";
import type { Site } from "./sites.ts";
import type { SystemSpec, VolunteerClass } from "./system.ts";

/** What a volunteer does with a file that it is asked for. */
export type Treatment = "honest" | "corrupt" | "truncate";

/** The truth about the volunteers: who is on line, who holds what, who can be trusted. */
export class Volunteers {
  /** Every volunteer by its number. */
  readonly machines: readonly Machine<VolunteerClass>[];
  /** The class of each volunteer, as it is now. */
  readonly classes: VolunteerClass[];
  /** How many are there from the start: the first ones. Changes bring the others. */
  readonly initial: number;
  /** Who is part of the system now, and who has ever been. */
  readonly #isMember: boolean[];
  readonly #hasBeen: boolean[];
  /** By volunteer, then file: who has the file as it is now. */
  readonly holds: BitTable;
  /** Who has a file as it was before it changed, and sends that; null as long as none has changed. */
  #outdated: BitTable | null = null;
  readonly #files: number;
  /** Files that each has as they are now. */
  readonly #held: Uint32Array;
  /** Number of the site that each stands in, or `NOWHERE`. */
  readonly #siteOf: readonly number[];
  readonly #sessions: OnOff;
  readonly #failures: OnOff;
  readonly #streams: (name: string) => Stream;
  readonly #misconduct: readonly Stream[];
  /** What each covers by. */
  readonly #hashes: Int32Array;
  readonly #onLeave: ((volunteer: number) => void)[] = [];
  readonly #onReturn: ((volunteer: number) => void)[] = [];
  readonly #onAble: ((volunteer: number, isAble: boolean) => void)[] = [];

  /** `sites`: all there are, and `siteOf` where each volunteer stands. */
  constructor(
    engine: Engine,
    system: SystemSpec,
    where: { readonly sites: readonly Site[]; readonly siteOf: readonly (Site | null)[] },
    files: number,
    streams: (name: string) => Stream,
  ) {
    this.machines = volunteersOf(system);
    this.classes = this.machines.map(({ spec }) => spec);
    this.initial = initialCount(system);
    this.#isMember = this.machines.map((_, volunteer) => volunteer < this.initial);
    this.#hasBeen = [...this.#isMember];
    this.#hashes = Int32Array.from(this.machines, hashOf);
    this.#streams = streams;
    this.#files = files;
    this.holds = new BitTable(this.count, files);
    this.#held = new Uint32Array(this.count);
    this.#siteOf = where.siteOf.map((site) =>
      site === null ? NOWHERE : where.sites.indexOf(site),
    );
    this.#misconduct = this.machines.map((_, volunteer) => this.chance(volunteer, "corruption"));
    const sessions = this.machines.map(({ name, spec }) => ({ name, spec: spec.sessions }));
    const failures = where.sites.map(({ name, spec }) => ({ name, spec: spec.failures }));
    this.#sessions = new OnOff(engine, "volunteer", sessions, streams, (volunteer, isUp) => {
      if (this.#isMember[volunteer] && this.#isSiteUp(volunteer)) this.#changed(volunteer, isUp);
    });
    this.#failures = new OnOff(engine, "site", failures, streams, (site, isUp) => {
      for (const [volunteer, of] of this.#siteOf.entries()) {
        if (of === site && this.#isReady(volunteer)) this.#changed(volunteer, isUp);
      }
    });
  }

  /** A new stream of the volunteer's own for one purpose: what others draw, or who they are, is nothing to it. */
  chance(volunteer: number, purpose: string): Stream {
    return this.#streams(`volunteer ${this.machines[volunteer].name} ${purpose}`);
  }

  get count(): number {
    return this.classes.length;
  }

  /** Starts the sessions: each volatile volunteer is on line with its long-run probability. */
  start(): void {
    this.#sessions.start(this.initial);
    this.#failures.start();
  }

  isOnline(volunteer: number): boolean {
    return this.#isReady(volunteer) && this.#isSiteUp(volunteer);
  }

  /** Whether it is on line but for its site. */
  #isReady(volunteer: number): boolean {
    return this.#isMember[volunteer] && this.#sessions.isUp(volunteer);
  }

  /** Whether it is part of the system now, on line or not. */
  isMember(volunteer: number): boolean {
    return this.#isMember[volunteer];
  }

  /** The volunteer becomes part of the system; `first` is done before it is, if it has never been. */
  join(volunteer: number, first: () => void): void {
    this.#isMember[volunteer] = true;
    if (!this.#hasBeen[volunteer]) {
      this.#hasBeen[volunteer] = true;
      this.#sessions.begin(volunteer);
      first();
    }
    if (this.isOnline(volunteer)) this.#changed(volunteer, true);
  }

  /** The volunteer is no longer part of the system; what it holds stays with it. */
  leave(volunteer: number): void {
    const wasOnline = this.isOnline(volunteer);
    this.#isMember[volunteer] = false;
    if (wasOnline) this.#changed(volunteer, false);
  }

  /** Whether it could serve anybody: it is on line and has a file as that is now. */
  isAble(volunteer: number): boolean {
    return this.#held[volunteer] > 0 && this.isOnline(volunteer);
  }

  /** Tells whenever a volunteer becomes able to serve, or no longer is. */
  whenAble(act: (volunteer: number, isAble: boolean) => void): void {
    this.#onAble.push(act);
  }

  whenLeaving(act: (volunteer: number) => void): void {
    this.#onLeave.push(act);
  }

  whenReturning(act: (volunteer: number) => void): void {
    this.#onReturn.push(act);
  }

  /**
   * Whether the mirror covers the file. A partial mirror covers a fixed pseudo-random part of the
   * catalogue, so that the parts of two mirrors overlap as by chance.
   */
  covers(volunteer: number, file: number): boolean {
    const { coverage } = this.classes[volunteer];
    return coverage >= 1 || unitHash(this.#hashes[volunteer], file) < coverage;
  }

  /** The volunteer has the file as it is now. */
  complete(volunteer: number, file: number): void {
    this.#outdated?.remove(volunteer, file);
    if (this.holds.has(volunteer, file)) return;
    this.holds.add(volunteer, file);
    if (++this.#held[volunteer] === 1 && this.isOnline(volunteer)) this.#able(volunteer, true);
  }

  /** The file has changed: true if the volunteer has it, as it was before. */
  outdate(volunteer: number, file: number): boolean {
    if (!this.holds.has(volunteer, file)) return this.#isOutdated(volunteer, file);
    this.#outdated ??= new BitTable(this.count, this.#files);
    this.#outdated.add(volunteer, file);
    this.#remove(volunteer, file);
    return true;
  }

  /** The volunteer has deleted the file. */
  drop(volunteer: number, file: number): void {
    this.#outdated?.remove(volunteer, file);
    if (this.holds.has(volunteer, file)) this.#remove(volunteer, file);
  }

  #remove(volunteer: number, file: number): void {
    this.holds.remove(volunteer, file);
    if (--this.#held[volunteer] === 0 && this.isOnline(volunteer)) this.#able(volunteer, false);
  }

  /** Whether the volunteer sends something when it is asked for the file. */
  serves(volunteer: number, file: number): boolean {
    const sendsOld = this.classes[volunteer].conduct.stale || this.#isOutdated(volunteer, file);
    return sendsOld || this.holds.has(volunteer, file);
  }

  #isOutdated(volunteer: number, file: number): boolean {
    return this.#outdated?.has(volunteer, file) ?? false;
  }

  /**
   * Draws what the volunteer does with the file for whom. Colluders have agreed on which files they
   * spoil, and treat an auditor honestly; one that is stale sends the version before.
   */
  treat(volunteer: number, file: number, whom: "customer" | "auditor"): Treatment {
    const { corrupts, truncates, stale, colludes } = this.classes[volunteer].conduct;
    const sendsOld = stale || this.#isOutdated(volunteer, file);
    if (sendsOld && !this.holds.has(volunteer, file)) return "corrupt";
    if (corrupts === 0 && truncates === 0) return "honest";
    if (colludes && whom === "auditor") return "honest";
    const drawn = colludes ? unitHash(COLLUSION, file) : this.#misconduct[volunteer]();
    if (drawn < corrupts) return "corrupt";
    return drawn < corrupts + truncates ? "truncate" : "honest";
  }

  #changed(volunteer: number, isOnline: boolean): void {
    if (this.#held[volunteer] > 0) this.#able(volunteer, isOnline);
    for (const act of isOnline ? this.#onReturn : this.#onLeave) act(volunteer);
  }

  #able(volunteer: number, isAble: boolean): void {
    for (const act of this.#onAble) act(volunteer, isAble);
  }

  #isSiteUp(volunteer: number): boolean {
    const site = this.#siteOf[volunteer];
    return site === NOWHERE || this.#failures.isUp(site);
  }
}

const NOWHERE = -1;

/** Stands in the place of a volunteer's number where all are to come to the same. */
const COLLUSION = 999_983;

/** A fixed pseudo-random number in [0, 1) for a pair; the finaliser is MurmurHash3's. */
export function unitHash(a: number, b: number): number {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}
