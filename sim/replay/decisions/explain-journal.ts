import { InputError } from "../../engine/input-error.ts";
import {
  type JournalWatch,
  type ReplayedJournal,
  replayJournal,
} from "../journal/replay-journal.ts";
import { type DecidedCount, DecisionCount } from "./decision-count.ts";
import { DecisionWatch } from "./decision-watch.ts";
import type { JournalFile } from "./journal-files.ts";
import {
  type JournalQuestion,
  journalQuestion,
  type TypedJournalQuestion,
} from "./journal-question.ts";
import type { ToldDecision } from "./told-decision.ts";

export interface ExplainedJournal {
  /** The file or the folder, as it was named. */
  readonly path: string;
  /** The policies of the last journal, by name. */
  readonly policies: readonly string[];
  readonly decisions: number;
  /** Host time of the first decision and of the last, in seconds; null where there is none. */
  readonly from: number | null;
  readonly to: number | null;
  /** Answers that came out otherwise than they were written down. */
  readonly differed: number;
  readonly notes: readonly string[];
  /** Decisions that fit the question, and the last of them; the latest first. */
  readonly fitting: number;
  readonly told: readonly ToldDecision[];
  /** Where no decision was asked for. */
  readonly overview: Overview | null;
}

/** What the decisions of a journal are like, the most frequent first. */
export interface Overview {
  readonly reasons: readonly DecidedCount[];
  readonly volunteers: readonly DecidedCount[];
  /** Why volunteers were no candidates in the last decisions, and in how many of these. */
  readonly last: number;
  /** Volunteers that could be sent to in one of them, on average. */
  readonly candidates: number;
  readonly exclusions: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * Explains decisions of a server by telling its journals again to a coordinator.
 *
 * @throws InputError when the question is none, a journal is damaged, or no decision fits.
 */
export async function explainJournal(
  path: string,
  files: readonly JournalFile[],
  typed: TypedJournalQuestion,
): Promise<ExplainedJournal> {
  const question = journalQuestion(typed);
  if (question.line !== null && files.length > 1) {
    const named = files.map(({ journal }) => journal).join(", ");
    throw new InputError([`--request: expected one journal; got ${files.length}: ${named}`]);
  }
  const counted = new DecisionCount(question);
  const { replayed, notes } = await retold(files, counted);
  const last = replayed.at(-1);
  if (last === undefined) throw new InputError(notes);
  if (counted.fitting === 0) throw new InputError([nothingFits(path, question, counted)]);
  // Only now it is known which are the last. To tell one takes ten times as long as to decide it.
  const watch = new DecisionWatch(new Set(counted.last));
  await retold(files, watch, (journal) => {
    watch.journal = journal;
  });
  const { decisions, from, to, fitting } = counted;
  return {
    path,
    policies: policyNames(last),
    ...{ decisions, from, to },
    differed: replayed.reduce((sum, { differed }) => sum + differed, 0),
    notes,
    fitting,
    told: question.isOverview ? [] : watch.told.toReversed(),
    overview: question.isOverview ? overviewOf(counted, watch.told) : null,
  };
}

/** Tells all journals again, and the watch what comes out; `onJournal` hears of each that begins. */
async function retold(
  files: readonly JournalFile[],
  watch: JournalWatch,
  onJournal: (journal: string) => void = () => {},
) {
  const notes: string[] = [];
  const replayed: ReplayedJournal[] = [];
  for (const { journal, snapshot } of files) {
    onJournal(journal);
    try {
      const one = await replayJournal(journal, snapshot, { watch });
      notes.push(...notesOf(one, journal));
      replayed.push(one);
    } catch (error) {
      // Of several, those are told that can be.
      if (!(error instanceof InputError) || files.length === 1) throw error;
      notes.push(...error.problems);
    }
  }
  return { replayed, notes };
}

function policyNames({ head }: ReplayedJournal): string[] {
  const { dispatch, replication, trust, sync } = head.policies;
  return [dispatch, replication, trust, sync].flatMap((policy) => policy?.name ?? []);
}

function notesOf({ first, differed, ending }: ReplayedJournal, path: string): string[] {
  return [
    ...(first === null
      ? []
      : [
          `${path}:${first.line}: mirrorlab decides otherwise than the journal says, here and in ` +
            `${differed - 1} other decisions; sim replay compares them`,
        ]),
    ...(ending.torn === null ? [] : [`${path}:${ending.torn.line}: torn here`]),
  ];
}

/** A sentence that helps to ask better. */
function nothingFits(
  path: string,
  { line, reason }: JournalQuestion,
  counted: DecisionCount,
): string {
  const what = `${path}: expected a decision that fits; got none of ${counted.decisions}`;
  if (line !== null) return `${what}; line ${line} is no request that a customer made, or fits not`;
  if (reason === null) return what;
  const reasons = new Set([...counted.byReason.values()].map(({ name }) => name));
  return `${what}; known reasons: ${[...reasons].join(", ")}`;
}

function overviewOf(
  { byReason, byVolunteer }: DecisionCount,
  told: readonly ToldDecision[],
): Overview {
  const exclusions = new Map<string, number>();
  for (const { exclusions: all } of told) {
    for (const { reason } of all) exclusions.set(reason, (exclusions.get(reason) ?? 0) + 1);
  }
  const candidates = told.reduce((sum, each) => sum + each.candidates.length, 0);
  return {
    reasons: frequentFirst(byReason.values()),
    volunteers: frequentFirst(byVolunteer.values()),
    last: told.length,
    candidates: candidates / told.length,
    exclusions: frequentFirst(Array.from(exclusions, ([reason, count]) => ({ reason, count }))),
  };
}

function frequentFirst<Counted extends { readonly count: number }>(
  counts: Iterable<Counted>,
): Counted[] {
  return [...counts].sort((a, b) => b.count - a.count);
}
