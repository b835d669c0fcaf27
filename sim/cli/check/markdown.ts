import type { ExperimentCheck } from "../../gate/check-experiment.ts";
import {
  COMPARED,
  countsText,
  type Format,
  numbersOf,
  originText,
  overall,
  partingLines,
  type Shown,
  shownMetrics,
} from "./shown.ts";

/** For comments on a change. */
export const markdown: Format = (shown) => {
  const { checks, written } = shown;
  return [
    `### sim check: ${overall(shown)}`,
    countsText(checks),
    ...checks.map((check) => section(check, shown)),
    ...written.map((path) => `- written: \`${path}\``),
  ].join("\n\n");
};

function section(check: ExperimentCheck, { all }: Shown): string {
  const { file, verdict, changes, notes, cells, replications, fingerprint } = check;
  const rows = cells.flatMap((cell) =>
    shownMetrics(cell, all).map((metric) => {
      const { before, now, share, difference, margin } = numbersOf(metric);
      const said = metric.decides ? `**${metric.verdict}**` : metric.verdict;
      return [cell.cell, metric.metric, said, before, now, share, difference, margin];
    }),
  );
  const partings = cells
    .map((cell) => ({ cell, lines: partingLines(cell, replications) }))
    .filter(({ lines }) => lines.length > 0);
  return [
    `**${file}**: ${verdict} (fingerprint \`${fingerprint}\`, ${originText(check)})`,
    ...[...changes.map((change) => `- changed: ${change}`), ...notes.map((note) => `- ${note}`)],
    ...(rows.length === 0 ? [] : ["", ...table([COMPARED, ...rows])]),
    ...(partings.length === 0 ? [] : ["", "<details><summary>first differing events</summary>\n"]),
    ...partings.map(({ cell, lines }) => `- ${plain(cell.cell)}: ${lines.map(plain).join("<br>")}`),
    ...(partings.length === 0 ? [] : ["\n</details>"]),
  ].join("\n");
}

function table([header, ...rows]: readonly (readonly string[])[]): string[] {
  const line = (entries: readonly string[]) => `| ${entries.map(plain).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}

/** Text that means nothing else to Markdown's tables. */
function plain(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/</g, "&lt;");
}
