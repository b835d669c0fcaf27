import type { Answer, Named } from "../../coordinator/index.ts";
import type { Asked, JournalWatch, Replaying } from "../journal/replay-journal.ts";
import { epochIn } from "./epoch.ts";
import type { JournalQuestion } from "./journal-question.ts";
import { KnownNames } from "./known-names.ts";

/** How often something was decided, and for how many bytes. */
export interface DecidedCount {
  readonly name: string;
  readonly kind: Answer["kind"];
  count: number;
  bytes: number;
}

/** Counts decisions while journals are told again, and finds those that were asked for. */
export class DecisionCount implements JournalWatch {
  decisions = 0;
  /** Those that fit the question, and the last of them by their place among all decisions. */
  fitting = 0;
  readonly last: number[] = [];
  /** Host time of the first decision and of the last; null where there is none. */
  from: number | null = null;
  to: number | null = null;
  readonly byReason = new Map<string, DecidedCount>();
  /** By number. */
  readonly byVolunteer = new Map<number, DecidedCount>();
  readonly #question: JournalQuestion;
  readonly #names = new KnownNames();
  /** Host time, in seconds; none fits before it is known when that began. */
  #until: number;

  constructor(question: JournalQuestion) {
    this.#question = question;
    const { until } = question;
    if (until === null) this.#until = Number.POSITIVE_INFINITY;
    else this.#until = "host" in until ? until.host : Number.NEGATIVE_INFINITY;
  }

  kept(host: unknown): void {
    this.#names.kept(host);
    const epoch = epochIn(host);
    const { until } = this.#question;
    if (epoch !== null && until !== null && "day" in until)
      this.#until = (until.day - epoch) / 1000;
  }

  named(record: Named): void {
    this.#names.named(record);
  }

  answered(asked: Asked, answer: Answer, line: number, { pathOf }: Replaying): void {
    const { at, bytes } = asked;
    const { kind, volunteer, reason } = answer;
    this.from ??= at;
    this.to = at;
    add(this.byReason, `${kind} ${reason}`, { name: reason, kind }, bytes);
    const to = kind === "later" ? NOBODY : volunteer;
    const name = kind === "later" ? "to come back later" : this.#names.of(volunteer);
    add(this.byVolunteer, to, { name, kind }, bytes);
    if (this.#fits(asked, answer, line, pathOf)) {
      this.fitting++;
      this.last.push(this.decisions);
      if (this.last.length > this.#question.last) this.last.shift();
    }
    this.decisions++;
  }

  #fits(asked: Asked, answer: Answer, askedIn: number, pathOf: (file: number) => string): boolean {
    const { line, customer, reason, file } = this.#question;
    return (
      (line === null || askedIn === line) &&
      (customer === null || asked.customer === customer) &&
      asked.at <= this.#until &&
      (reason === null || answer.reason === reason) &&
      (file === null || pathOf(asked.file) === file)
    );
  }
}

/** Among numbers of volunteers and that of the server. */
const NOBODY = -2;

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
