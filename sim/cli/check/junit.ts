import type { CellCheck, ExperimentCheck } from "../../gate/check-experiment.ts";
import type { Verdict } from "../../gate/verdict.ts";
import { type Format, fails, metricText, partingLines } from "./shown.ts";

/** JUnit's XML: a suite for each experiment, a case for each policy and metric that decides. */
export const junit: Format = ({ checks, strict }) => {
  const suites = checks.map((check) => suite(check, strict));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>`;
};

interface Case {
  readonly className: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly message: string;
  readonly details: readonly string[];
}

function suite(check: ExperimentCheck, strict: boolean): string {
  const { experiment, changes, cells } = check;
  const all: Case[] = [
    {
      className: experiment,
      name: "experiment",
      verdict: changes.length > 0 ? "changed" : "identical",
      message: changes.join("; "),
      details: changes,
    },
    ...cells.flatMap((cell) => casesOf(check, cell)),
  ];
  const failures = all.filter(({ verdict }) => fails(verdict, strict)).length;
  const skipped = strict ? 0 : all.filter(({ verdict }) => verdict === "inconclusive").length;
  const counts = `tests="${all.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  const lines = all.map((each) => testCase(each, strict)).join("");
  return `  <testsuite name="${escaped(experiment)}" ${counts}>\n${lines}  </testsuite>\n`;
}

function casesOf({ experiment, replications }: ExperimentCheck, cell: CellCheck): Case[] {
  return cell.metrics
    .filter(({ decides }) => decides)
    .map((metric) => ({
      className: `${experiment}.${cell.cell}`,
      name: metric.metric,
      verdict: metric.verdict,
      message: metricText(metric),
      details: partingLines(cell, replications),
    }));
}

function testCase({ className, name, verdict, message, details }: Case, strict: boolean): string {
  const head = `    <testcase classname="${escaped(className)}" name="${escaped(name)}" time="0"`;
  if (fails(verdict, strict)) {
    const text = escaped([message, ...details].join("\n"));
    const said = `message="${escaped(message)}" type="${verdict}"`;
    return `${head}><failure ${said}>${text}</failure></testcase>\n`;
  }
  if (verdict === "inconclusive") {
    return `${head}><skipped message="${escaped(message)}"/></testcase>\n`;
  }
  if (verdict === "identical") return `${head}/>\n`;
  return `${head}><system-out>${escaped(message)}</system-out></testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Text for XML, without the characters that it cannot hold. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uFFFD]/g, "\uFFFD")
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character]);
}
