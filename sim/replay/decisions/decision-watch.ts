import type {
  Answer,
  Coordinator,
  CoordinatorPolicies,
  JournalHead,
  Named,
} from "../../coordinator/index.ts";
import type { DispatchView } from "../../policies/index.ts";
import { nameOfAnswer } from "../journal/name-of-answer.ts";
import { type Asked, answerOf, type JournalWatch } from "../journal/replay-journal.ts";
import type { JournalQuestion } from "./journal-question.ts";
import { type Believed, believedOf, leftOut, type ToldDecision } from "./told-decision.ts";

type BoundDispatch = CoordinatorPolicies["dispatch"];

/** How often something was decided. */
export interface DecidedCount {
  readonly name: string;
  readonly kind: Answer["kind"];
  count: number;
  bytes: number;
}

/** What the policy saw. */
interface Seen {
  readonly candidates: readonly Believed[];
  readonly server: ToldDecision["server"];
}

/** Looks on while a journal is told again, and keeps the decisions that were asked for. */
export class DecisionWatch implements JournalWatch {
  /** The last that fit the question, the latest at the end. */
  readonly told: ToldDecision[] = [];
  /** All that fit it. */
  fitting = 0;
  decisions = 0;
  /** Host time of the first decision and of the last. */
  from = Number.NaN;
  to = Number.NaN;
  readonly byReason = new Map<string, DecidedCount>();
  /** By number; -1 is the server. */
  readonly byVolunteer = new Map<number, DecidedCount>();
  /** The journal that is being told again. */
  journal = "";
  readonly #question: JournalQuestion;
  readonly #names = new Map<number, string>();
  #pathOf: (file: number) => string = String;
  /** What the policy saw of the request under way; null where it was not asked. */
  #seen: Seen | null = null;

  constructor(question: JournalQuestion) {
    this.#question = question;
  }

  began(_head: JournalHead, pathOf: (file: number) => string): void {
    this.#pathOf = pathOf;
  }

  /** Names stand in a journal once: those of the ones before are in the snapshot. */
  resumed(host: unknown): void {
    const { names } = (host ?? {}) as { readonly names?: readonly Named[] };
    if (Array.isArray(names)) for (const record of names) this.named(record);
  }

  named({ what, number, name }: Named): void {
    if (what === "volunteer") this.#names.set(number, name);
  }

  dispatch(policy: BoundDispatch): BoundDispatch {
    return {
      name: policy.name,
      decide: (view, random) => {
        this.#look(view);
        return policy.decide(view, random);
      },
      observe: (event) => policy.observe(event),
      get remembers() {
        return policy.remembers;
      },
      get memory() {
        return policy.memory;
      },
      recall: (memory) => policy.recall(memory),
    };
  }

  /** Before the policy decides, as its decision changes what is believed. */
  #look({ now: at, customer, file, candidates, count, server }: DispatchView): void {
    if (!this.#mayFit({ at, customer, file })) return;
    const { uplink, sending } = server;
    this.#seen = {
      candidates: candidates.slice(0, count).map((each) => believedOf(each, at)),
      server: { uplink, sending },
    };
  }

  /** Whether a request fits the question, as far as can be told before it is answered. */
  #mayFit({ at, customer, file }: Pick<Asked, "at" | "customer" | "file">): boolean {
    const { until, customer: of, file: path } = this.#question;
    return (
      (until === null || at <= until) &&
      (of === null || customer === of) &&
      (path === null || this.#pathOf(file) === path)
    );
  }

  answered(asked: Asked, answer: Answer, line: number, coordinator: Coordinator): void {
    const seen = this.#seen;
    this.#seen = null;
    this.#count(asked, answer);
    const { line: wanted, reason } = this.#question;
    const fits = this.#mayFit(asked) && (wanted === null || line === wanted);
    if (!fits || (reason !== null && answer.reason !== reason)) return;
    this.fitting++;
    this.told.push(this.#tell(asked, answer, line, coordinator, seen));
    if (this.told.length > this.#question.last) this.told.shift();
  }

  #count({ at, bytes }: Asked, { kind, volunteer, reason }: Answer): void {
    this.decisions++;
    if (Number.isNaN(this.from)) this.from = at;
    this.to = at;
    add(this.byReason, `${kind} ${reason}`, { name: reason, kind }, bytes);
    const to = kind === "later" ? LATER_PLACE : volunteer;
    const name = kind === "later" ? "to come back later" : this.#nameOf(volunteer);
    add(this.byVolunteer, to, { name, kind }, bytes);
  }

  #tell(
    asked: Asked,
    answer: Answer,
    line: number,
    coordinator: Coordinator,
    seen: Seen | null,
  ): ToldDecision {
    const { at, customer, where, file, bytes, answer: recorded } = asked;
    const { kind, volunteer, reason, retryAfter } = answer;
    const { volunteers } = coordinator;
    // Asked now, as only now it counts whom the customer has come back from.
    const all = coordinator.exclusions(file, at, customer, where);
    const out = (of: number) => all.some((each) => each.volunteer === of);
    const left = Array.from({ length: volunteers }, (_, each) => each).filter((each) => !out(each));
    // Where the policy was not asked, nobody was sent anywhere: what is believed is what was.
    const candidates =
      seen?.candidates ?? left.map((each) => believedOf(coordinator.volunteer(each), at));
    const excluded = all.filter(({ volunteer: of }) =>
      candidates.every((each) => each.volunteer !== of),
    );
    const exclusions = [...excluded, ...leftOut(volunteers, candidates, excluded)];
    return {
      ...{ journal: this.journal, line, at, customer, where, file, bytes },
      path: this.#pathOf(file),
      ...{ kind, volunteer, name: this.#nameOf(volunteer), reason, retryAfter },
      recorded: recorded === answerOf(answer) ? null : nameOfAnswer(recorded),
      server: seen?.server ?? null,
      candidates: candidates.map((each) => ({ ...each, name: this.#nameOf(each.volunteer) })),
      exclusions: exclusions
        .sort((a, b) => a.volunteer - b.volunteer)
        .map((each) => ({ ...each, name: this.#nameOf(each.volunteer) })),
    };
  }

  #nameOf(volunteer: number): string {
    return this.#names.get(volunteer) ?? nameOfAnswer(volunteer);
  }
}

/** Among numbers of volunteers: nobody, for now. */
const LATER_PLACE = -2;

function add<Key>(
  counts: Map<Key, DecidedCount>,
  key: Key,
  { name, kind }: Pick<DecidedCount, "name" | "kind">,
  bytes: number,
): void {
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { name, kind, count: 1, bytes });
  else {
    known.count++;
    known.bytes += bytes;
  }
}
