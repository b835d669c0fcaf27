import { readFileSync } from "node:fs";
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
  type SavedNames,
  seededChance,
  stateOf,
} from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import { sha256 } from "../../experiment/file-digest.ts";
import { unpacked } from "../../workload/import/input/unpack.ts";
import type { SimulatedHost } from "./journal-head.ts";
import { ownMembers } from "./own-members.ts";
import { Paths } from "./paths.ts";

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

/** What a host keeps beside a journal that begins with a snapshot. */
export interface KeptState {
  readonly coordinator: CoordinatorState;
  /** Plain data of the host. */
  readonly host?: unknown;
  /** The paths of the files, by number, where the host keeps them nowhere else. */
  readonly paths?: SavedNames;
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
 * journal may be packed, and of any length. `snapshot` is the file that it follows, if it follows one;
 * `watch` looks on.
 *
 * @throws InputError when the journal is damaged, or asks for a policy or a snapshot that is not there.
 */
export async function replayJournal(
  path: string,
  snapshot: string | undefined,
  watch?: JournalWatch,
): Promise<ReplayedJournal> {
  const reader = new JournalReader();
  const decoder = new TextDecoder("latin1");
  let replay: Replayed | undefined;
  try {
    for await (const chunk of unpacked(path)) {
      for (const record of reader.read(decoder.decode(chunk, { stream: true }))) {
        if (record.kind === "began") replay = await begun(record.head, path, snapshot, watch);
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
  snapshot?: string,
  watch?: JournalWatch,
): Promise<Replayed> {
  const { own = {} } = head.host as Partial<SimulatedHost>;
  const replay = madeFrom(head, await ownMembers(own), path, watch);
  watch?.kept(head.host);
  if (head.snapshot === null) {
    if (snapshot !== undefined) {
      throw new InputError([`${path}: expected no snapshot, as the journal follows none`]);
    }
    return replay;
  }
  if (snapshot === undefined) {
    throw new InputError([
      `${path}: missing snapshot: ${head.snapshot}; --snapshot says where it is`,
    ]);
  }
  replay.resume(keptIn(snapshot, head.snapshot));
  return replay;
}

function madeFrom(
  head: JournalHead,
  own: OwnMembers,
  path: string,
  watch: JournalWatch | undefined,
): Replayed {
  try {
    return new Replayed(head, own, watch);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError([`${path}:1: ${error.message}`]);
    throw error;
  }
}

function keptIn(snapshot: string, digest: string): KeptState {
  const bytes = readFileSync(snapshot);
  const found = sha256(bytes);
  if (found !== digest) {
    throw new InputError([`${snapshot}: expected SHA-256 ${digest}; got ${found}`]);
  }
  return stateOf(bytes) as KeptState;
}

class Replayed implements Replaying {
  readonly #head: JournalHead;
  readonly #paths = new Paths();
  readonly #own: OwnMembers;
  readonly #watch: JournalWatch | undefined;
  readonly coordinator: Coordinator;
  readonly pathOf = (file: number): string => this.#paths.of(file);
  #events = 0;
  #agreed = 0;
  #differed = 0;
  #first: FirstOther | null = null;

  constructor(head: JournalHead, own: OwnMembers, watch?: JournalWatch) {
    this.#head = head;
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
