import type { Performed } from "../outcome/perform.ts";
import { summaryJson } from "../outcome/summary.ts";
import { answerLines } from "./answer-lines.ts";
import { resultsTable } from "./results-table.ts";
import type { RunArguments } from "./run-options.ts";

/** Prints what an experiment has come to: what was simulated, tables and a verdict, or JSON. */
export function showPerformed(
  { summary, setup, answer, notes, reportPath }: Performed,
  { json, quiet }: Pick<RunArguments, "json" | "quiet">,
): void {
  for (const { text } of notes) if (!quiet) console.error(`note: ${text}`);
  if (json) {
    console.log(summaryJson(summary, notes));
    return;
  }
  const table = answerLines(summary, process.stdout.columns);
  console.log(`${setup.join(" ")}\n`);
  console.log(resultsTable(summary, process.stdout.columns));
  console.log(`\n${answer}`);
  if (table !== null) console.log(`\n${table}`);
  console.log(`\nfingerprint ${summary.fingerprint}\nreport ${reportPath}`);
}
