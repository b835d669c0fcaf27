import type { Engine, Kind } from "../engine/engine.ts";
import { exponential, type Stream } from "../engine/random.ts";
import { BitTable } from "./bits.ts";
import type { SystemSpec, VolunteerClass } from "./system.ts";

/** The truth about the volunteers: who is on line, who holds what, who can be trusted. */
export class Volunteers {
  /** The class of each volunteer. */
  readonly classes: readonly VolunteerClass[];
  readonly holds: BitTable;
  readonly #online: boolean[];
  readonly #engine: Engine;
  readonly #toggle: Kind;
  readonly #sessions: readonly Stream[];
  readonly #corruptions: readonly Stream[];
  readonly #onLeave: ((volunteer: number) => void)[] = [];
  readonly #onReturn: ((volunteer: number) => void)[] = [];

  constructor(
    engine: Engine,
    system: SystemSpec,
    files: number,
    streams: (name: string) => Stream,
  ) {
    this.classes = system.volunteers.flatMap((spec) =>
      Array.from({ length: spec.count }, () => spec),
    );
    this.holds = new BitTable(this.count, files);
    this.#engine = engine;
    this.#online = this.classes.map(() => true);
    this.#sessions = this.classes.map((_, v) => streams(`volunteer ${v} sessions`));
    this.#corruptions = this.classes.map((_, v) => streams(`volunteer ${v} corruption`));
    this.#toggle = engine.kind("volunteer.toggle", (volunteer) => this.#toggleSession(volunteer));
  }

  get count(): number {
    return this.classes.length;
  }

  /** Starts the sessions: each volatile volunteer is on line with its long-run probability. */
  start(): void {
    for (const [volunteer, { sessions }] of this.classes.entries()) {
      if (sessions === null) continue;
      const random = this.#sessions[volunteer];
      this.#online[volunteer] = random() < sessions.up / (sessions.up + sessions.down);
      this.#scheduleToggle(volunteer);
    }
  }

  isOnline(volunteer: number): boolean {
    return this.#online[volunteer];
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
    return coverage >= 1 || unitHash(volunteer, file) < coverage;
  }

  /** Draws whether a copy sent by the volunteer arrives with wrong bytes. */
  corrupts(volunteer: number): boolean {
    const { corrupts } = this.classes[volunteer];
    return corrupts > 0 && this.#corruptions[volunteer]() < corrupts;
  }

  #toggleSession(volunteer: number): void {
    const online = !this.#online[volunteer];
    this.#online[volunteer] = online;
    this.#scheduleToggle(volunteer);
    for (const act of online ? this.#onReturn : this.#onLeave) act(volunteer);
  }

  #scheduleToggle(volunteer: number): void {
    const { sessions } = this.classes[volunteer];
    if (sessions === null) return;
    const mean = this.#online[volunteer] ? sessions.up : sessions.down;
    this.#engine.after(exponential(this.#sessions[volunteer], mean), this.#toggle, volunteer);
  }
}

/** A fixed pseudo-random number in [0, 1) for a pair; the finaliser is MurmurHash3's. */
export function unitHash(a: number, b: number): number {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}
