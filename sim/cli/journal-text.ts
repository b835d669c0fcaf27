import { nameOfAnswer } from "../replay/journal/name-of-answer.ts";
import type { ReplayedJournal } from "../replay/journal/replay-journal.ts";

export function journalJson(replayed: ReplayedJournal): string {
  return JSON.stringify(journalResult(replayed), null, 2);
}

export function journalResult({ head, ...outcome }: ReplayedJournal) {
  const { policies, host } = head;
  return { policies, host, ...outcome };
}

/** A line each: how many answers agree, the first that differs, and how the journal ended. */
export function journalText(replayed: ReplayedJournal, path: string): string {
  const { head, events, agreed, differed, first, ending } = replayed;
  const { dispatch, replication, trust, sync } = head.policies;
  const names = [dispatch, replication, trust, sync].flatMap((policy) => policy?.name ?? []);
  const bad = differed > 0 ? `, ${differed} differ` : "";
  const lines = [
    `${names.join(", ")}: ${agreed} of ${agreed + differed} answers agree${bad} (${events} events)`,
  ];
  if (first !== null) {
    const { line, at, customer, file, expected, found } = first;
    const place = `${path}:${line}: at ${at} s, customer ${customer}, file ${file}`;
    lines.push(`${place}: expected ${nameOfAnswer(expected)}; got ${nameOfAnswer(found)}`);
  }
  if (ending.torn !== null) {
    const { line, problem } = ending.torn;
    lines.push(`${path}:${line}: torn here, and replayed up to here: ${problem}`);
  }
  return lines.join("\n");
}
