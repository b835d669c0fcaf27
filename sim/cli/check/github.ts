import type { ExperimentCheck } from "../../gate/check-experiment.ts";
import { countsText, type Format, fails, metricText, overall, partingLines } from "./shown.ts";

/** Workflow commands of GitHub Actions: what fails is an error at the experiment's file. */
export const github: Format = ({ checks, written, strict }) => {
  const lines = checks.flatMap((check) => commands(check, strict));
  const verdict = overall({ checks, written });
  return [...lines, `sim check: ${verdict}; ${countsText(checks)}`].join("\n");
};

function commands(check: ExperimentCheck, strict: boolean): string[] {
  const { file, changes, cells, replications } = check;
  const title = `sim check: ${check.experiment}`;
  return [
    ...changes.map((change) => command("error", file, title, `changed: ${change}`)),
    ...cells.flatMap((cell) => {
      const first = partingLines(cell, replications);
      return cell.metrics
        .filter(({ decides, verdict }) => decides && verdict !== "identical")
        .filter(({ verdict }) => verdict !== "equivalent")
        .map((metric) => {
          const mild = metric.verdict === "better" ? "notice" : "warning";
          const level = fails(metric.verdict, strict) ? "error" : mild;
          const message = [metricText(metric), ...first].join("\n");
          return command(level, file, `${title}, ${cell.cell}`, message);
        });
    }),
  ];
}

function command(level: string, file: string, title: string, message: string): string {
  return `::${level} file=${property(file)},title=${property(title)}::${data(message)}`;
}

// As in actions/toolkit, packages/core/src/command.ts.
function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
