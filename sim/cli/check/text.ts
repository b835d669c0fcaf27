import type { ExperimentCheck } from "../../gate/check-experiment.ts";
import { aligned } from "../aligned.ts";
import {
  COMPARED,
  countsText,
  type Format,
  fails,
  numbersOf,
  originText,
  overall,
  partingLines,
  type Shown,
  shownMetrics,
} from "./shown.ts";

/** Cells whose first differing event is shown; `--format json` has all. */
const MOST_PARTINGS = 5;

/** For terminals: nothing of what is identical but its number. */
export const text: Format = (shown) => {
  const { checks, written, strict } = shown;
  const blocks = checks.map((check) => block(check, shown));
  const verdict = overall(shown);
  const isLoose = verdict === "inconclusive" && !strict;
  return [
    ...blocks,
    ...(checks.length === 0 ? [] : [`${countsText(checks)}\n${verdict}`]),
    ...(isLoose ? ["warning: more replications would tell; --strict makes this a failure"] : []),
    ...written.map((path) => `written: ${path}`),
    ...(written.length === 0 ? [] : ["commit what was written with the change that explains it"]),
    ...(fails(verdict, strict) && written.length === 0
      ? ["sim check --update makes this the baseline, if it is meant"]
      : []),
  ].join("\n");
};

function block(check: ExperimentCheck, { all }: Shown): string {
  const { file, verdict, replications, changes, notes, cells, fingerprint } = check;
  const size = `${cells.length} × ${replications} runs`;
  const rows = cells.flatMap((cell) =>
    shownMetrics(cell, all).map((metric) => {
      const { before, now, share, difference, margin, p } = numbersOf(metric);
      const decides = metric.decides ? metric.verdict : `(${metric.verdict})`;
      const numbers = [before, now, share, difference, margin, p];
      return [cell.cell, metric.metric, decides, ...numbers, metric.remark];
    }),
  );
  const differing = cells.filter((cell) => cell.differing.length > 0);
  const partings = differing.slice(0, MOST_PARTINGS).flatMap((cell) => {
    const [first, ...rest] = partingLines(cell, replications);
    return [`${cell.cell}: ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  const more = differing.length - MOST_PARTINGS;
  const lines = [
    ...changes.map((change) => `changed: ${change}`),
    ...notes.map((note) => `note: ${note}`),
    ...(rows.length === 0 ? [] : aligned([HEADER, ...rows]).split("\n")),
    ...partings,
    ...(more > 0 ? [`and ${more} more that differ; --format json names their events`] : []),
  ];
  const head = `${file}: ${verdict} (${size}, fingerprint ${fingerprint}, ${originText(check)})`;
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}

const HEADER = [...COMPARED, "p", ""];
