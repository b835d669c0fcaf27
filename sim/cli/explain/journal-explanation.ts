import type { DecidedCount } from "../../replay/decisions/decision-count.ts";
import type { ExplainedJournal, Overview } from "../../replay/decisions/explain-journal.ts";
import { formatTime, formatValue } from "../../report/format.ts";
import { aligned } from "../aligned.ts";
import { decisionText } from "./journal-decision-text.ts";
import { bar, counted, percent } from "./words.ts";

/** Everything that `sim explain` has to say of a journal, for a terminal. */
export function journalExplanationText(explained: ExplainedJournal): string {
  const { path, policies, decisions, from, to, fitting, told, overview } = explained;
  const span =
    from === null || to === null ? "" : `, from ${formatTime(from)} to ${formatTime(to)}`;
  const title = `${path}: ${policies.join(", ")}\n${counted(decisions, "decision")}${span}`;
  if (overview !== null) return [title, ...overviewParts(overview, decisions)].join("\n\n");
  const more = fitting > told.length ? "; --last tells more" : "";
  const which = `${title}; ${fitting} as asked for, of which the last ${told.length}${more}`;
  return [which, ...told.map(decisionText)].join("\n\n");
}

const KINDS = { redirect: "to a volunteer", serve: "by the server", later: "to come back later" };

function overviewParts(overview: Overview, decisions: number): string[] {
  const { reasons, volunteers, last, candidates, exclusions } = overview;
  const row = ({ name, count, bytes }: DecidedCount, ...beside: string[]) => [
    ...[name, ...beside, String(count), percent(count / decisions), bar(count / decisions)],
    formatValue(bytes, "bytes"),
  ];
  const aligns = ["left", "left", "right", "right", "left", "right"] as const;
  const parts = [
    aligned(
      [
        ["REASON", "sent", "decisions", "", "", "bytes"],
        ...reasons.map((each) => row(each, KINDS[each.kind])),
      ],
      aligns,
    ),
    aligned(
      [["SENT TO", "decisions", "", "", "bytes"], ...volunteers.map((each) => row(each))],
      ["left", "right", "right", "left", "right"],
    ),
    `In the last ${counted(last, "decision")}, ${counted(candidates, "candidate")} on average.`,
  ];
  if (exclusions.length > 0) {
    const rows = exclusions.map(({ reason, count }) => [
      ...[reason, String(count), (count / last).toFixed(1)],
    ]);
    parts.push(
      aligned(
        [["EXCLUDED because it", "times", "a decision"], ...rows],
        ["left", "right", "right"],
      ),
    );
  }
  return parts;
}
