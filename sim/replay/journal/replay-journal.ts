import {
  type Answer,
  apply,
  bindDispatch,
  bindPolicies,
  Coordinator,
  type CoordinatorPolicies,
  type CoordinatorState,
  type Event,
  type JournalEnding,
  JournalError,
  type JournalHead,
  JournalReader,
  type JournalRecord,
  LATER,
  type Named,
  type OwnMembers,
  seededChance,
} from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import { type KeptState, keptIn } from "../../live/journal/kept-state.ts";
import { type Deciding, decidingAfter } from "../../live/journal/segment-head.ts";
import { unpacked } from "../../workload/import/input/unpack.ts";
import type { SimulatedHost } from "./journal-head.ts";
import { ownMembers } from "./own-members.ts";
import { Paths, type PathsElsewhere } from "./paths.ts";

export type Asked = Extract<Event, { readonly kind: "asked" }>;

type BoundDispatch = CoordinatorPolicies["dispatch"];

/** Who looks on while a journal is told again. */
export interface JournalWatch {
  /** What the host has put into the head of a journal that begins, and then into its snapshot. */
  kept(host: unknown): void;
  named(record: Named): void;
  /** Takes the place of the policy that decides, and is to decide as that does. */
  dispatch?(policy: BoundDispatch): BoundDispatch;
  /** An answer has come out again, whatever the journal says. */
  answered(asked: Asked, answer: Answer, line: number, replaying: Replaying): void;
  /** The journal has come to its end; `deciding` is by what the coordinator decides there. */
  ended?(replaying: Replaying, deciding: Deciding): void;
}

/** What is told the journal again. */
export interface Replaying {
  readonly coordinator: Coordinator;
  /** The path of a file; `file 7` where it has not been told. */
  pathOf(file: number): string;
}

/** The first answer that came out differently. */
export interface FirstOther {
  readonly line: number;
  /** Seconds on the host's clock. */
  readonly at: number;
  readonly customer: number;
  readonly file: string;
  /** A volunteer, `SERVER`, or `LATER`. */
  readonly expected: number;
  readonly found: number;
}

/** How a journal came out when its events were told again. */
export interface ReplayedJournal {
  readonly head: JournalHead;
  readonly events: number;
  /** Answers that came out as they were written down, and those that did not. */
  readonly agreed: number;
  readonly differed: number;
  readonly first: FirstOther | null;
  readonly ending: JournalEnding;
}

/** What a journal may be told again with. */
export interface ReplayOptions {
  readonly watch?: JournalWatch | undefined;
  /** Paths that stand neither in the journal nor in its snapshot. */
  readonly paths?: PathsElsewhere | undefined;
  /** The state that it begins with, where its snapshot is not at hand. */
  readonly state?: CoordinatorState | undefined;
}

/** Whether the file, which may be packed, is a journal: it says so in its first line. */
export async function isJournal(path: string): Promise<boolean> {
  for await (const chunk of unpacked(path)) {
    return /^[0-9a-f]{8} 1 \["J",/.test(chunk.subarray(0, 16).toString("latin1"));
  }
  return false;
}

/**
 * Tells a coordinator again what a journal says that one was told, and compares the answers. The
 * journal may be packed, and of any length. `snapshot` is the file that it follows, if it follows one.
 *
 * @throws InputError when the journal is damaged, or asks for a policy or a snapshot that is not there.
 */
export async function replayJournal(
  path: string,
  snapshot: string | undefined,
  options: ReplayOptions = {},
): Promise<ReplayedJournal> {
  const reader = new JournalReader();
  const decoder = new TextDecoder("latin1");
  let replay: Replayed | undefined;
  try {
    for await (const chunk of unpacked(path)) {
      for (const record of reader.read(decoder.decode(chunk, { stream: true }))) {
        if (record.kind === "began") replay = await begun(record.head, path, snapshot, options);
        else replay?.tell(record, reader.line);
      }
    }
  } catch (error) {
    if (error instanceof JournalError) throw new InputError([`${path}:${error.message}`]);
    throw error;
  }
  if (replay === undefined) {
    throw new InputError([`${path}: expected a journal; got one without a whole line`]);
  }
  return replay.result(reader.end());
}

/** A coordinator as it was when the journal began. */
async function begun(
  head: JournalHead,
  path: string,
  snapshot: string | undefined,
  options: ReplayOptions,
): Promise<Replayed> {
  const replay = madeFrom(head, await ownMembersOf(head), path, options);
  options.watch?.kept(head.host);
  if (head.snapshot === null) {
    if (snapshot !== undefined) {
      throw new InputError([`${path}: expected no snapshot, as the journal follows none`]);
    }
    return replay;
  }
  if (options.state !== undefined) {
    replay.resume({ coordinator: options.state });
    return replay;
  }
  if (snapshot === undefined) {
    throw new InputError([
      `${path}: missing snapshot: ${head.snapshot}; --snapshot says where it is`,
    ]);
  }
  const state = keptIn(snapshot, head.snapshot);
  if (typeof state === "string") throw new InputError([`${snapshot}: ${state}`]);
  replay.resume(state);
  return replay;
}

/** The user's own policies by which the host of a journal decides. */
export function ownMembersOf({ host }: JournalHead): Promise<OwnMembers> {
  const { own = {} } = host as Partial<SimulatedHost>;
  return ownMembers(own);
}

function madeFrom(
  head: JournalHead,
  own: OwnMembers,
  path: string,
  options: ReplayOptions,
): Replayed {
  try {
    return new Replayed(head, own, options);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError([`${path}:1: ${error.message}`]);
    throw error;
  }
}

class Replayed implements Replaying {
  readonly #head: JournalHead;
  readonly #paths: Paths;
  readonly #own: OwnMembers;
  #deciding: Deciding;
  readonly #watch: JournalWatch | undefined;
  readonly coordinator: Coordinator;
  readonly pathOf = (file: number): string => this.#paths.of(file);
  #events = 0;
  #agreed = 0;
  #differed = 0;
  #first: FirstOther | null = null;

  constructor(head: JournalHead, own: OwnMembers, { watch, paths }: ReplayOptions) {
    this.#head = head;
    this.#deciding = head;
    this.#paths = new Paths(paths);
    this.#own = own;
    this.#watch = watch;
    const policies = bindPolicies(head.policies, own);
    this.coordinator = new Coordinator({
      settings: head.settings,
      policies: { ...policies, dispatch: this.#watched(policies.dispatch) },
      chance: seededChance(head.seed),
      pathOf: this.pathOf,
    });
  }

  #watched(policy: BoundDispatch): BoundDispatch {
    return this.#watch?.dispatch?.(policy) ?? policy;
  }

  resume({ coordinator, paths, host }: KeptState): void {
    this.#watch?.kept(host);
    if (paths !== undefined) this.#paths.load(paths);
    this.coordinator.load(coordinator);
  }

  tell(record: Exclude<JournalRecord, { readonly kind: "began" }>, line: number): void {
    if (record.kind === "named") {
      this.#watch?.named(record);
      return;
    }
    if (record.kind === "file-added") this.#paths.add(record.file, record.path);
    this.#events++;
    this.#deciding = decidingAfter(this.#deciding, record);
    const answer = this.#apply(record);
    this.coordinator.actions.take(ignored);
    if (record.kind !== "asked" || answer === null) return;
    this.#watch?.answered(record, answer, line, this);
    this.#compare(record, answerOf(answer), line);
  }

  #apply(event: Event): Answer | null {
    if (event.kind !== "dispatch-changed") return apply(this.coordinator, event, this.#own);
    const { policy, at } = event;
    const bound = bindDispatch(policy, this.#own);
    this.coordinator.changeDispatch(policy, this.#watched(bound), at);
    return null;
  }

  #compare(asked: Asked, found: number, line: number): void {
    if (found === asked.answer) {
      this.#agreed++;
      return;
    }
    this.#differed++;
    const { at, customer, file, answer: expected } = asked;
    this.#first ??= { line, at, customer, file: this.#paths.of(file), expected, found };
  }

  result(ending: JournalEnding): ReplayedJournal {
    this.#watch?.ended?.(this, this.#deciding);
    return {
      head: this.#head,
      events: this.#events,
      agreed: this.#agreed,
      differed: this.#differed,
      first: this.#first,
      ending,
    };
  }
}

/** The answer as a journal has it. */
export function answerOf({ kind, volunteer }: Answer): number {
  return kind === "later" ? LATER : volunteer;
}

function ignored(): void {}
