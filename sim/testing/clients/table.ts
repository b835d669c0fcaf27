/** What came out, as aligned text: a table for each setting, a row a client, a column a kind. */
import type { Failure } from "./expectations.ts";
import { SETTINGS, type Trial } from "./trial.ts";
import { KINDS } from "./volunteer-kinds.ts";

/** A cell is `first / second`, or one word where both are the same and well. */
export function tableOf(trials: readonly Trial[]): string {
  return SETTINGS.flatMap((settings) => {
    const here = trials.filter((trial) => trial.settings === settings);
    if (here.length === 0) return [];
    const kinds = KINDS.filter((kind) => here.some((trial) => trial.kind === kind));
    const names = [...new Set(here.map(({ client }) => client))];
    const rows = names.map((name) => [
      name,
      ...kinds.map((kind) => {
        const trial = here.find((each) => each.client === name && each.kind === kind);
        return trial === undefined ? "–" : cell(trial);
      }),
    ]);
    return [`Settings: ${settings}`, ...aligned([["client", ...kinds], ...rows]), ""];
  }).join("\n");
}

function cell({ first, second, failedAudits, sentAfterwards }: Trial): string {
  const verdicts = [first.verdict, second.verdict];
  const isWell = verdicts.every((verdict) => verdict === "ok");
  const mark = failedAudits > 0 && sentAfterwards > 0 ? " !" : "";
  return (isWell ? "ok" : verdicts.join(" / ")) + mark;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0] ?? [];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((word, at) => word.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

export function failureText({ trial, expectation, found }: Failure): string {
  const { client, kind, settings, first, second } = trial;
  const said = first.verdict === "ok" ? second.said : first.said;
  return [
    `FAILED: ${client}, ${kind}, ${settings}: ${expectation.what}; found ${found}`,
    `  because: ${expectation.reason}`,
    ...said
      .split("\n")
      .slice(-4)
      .map((line) => `  | ${line}`),
  ].join("\n");
}
