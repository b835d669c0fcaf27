import { termsOf } from "../../metrics/definitions/terms.ts";
import { aligned } from "../aligned.ts";
import type { CommandBody } from "../command-body.ts";
import { type Described, describedBy, everyMetric } from "../metrics/described.ts";
import { sourceLines } from "../metrics/source-lines.ts";

interface MetricsArguments {
  readonly name: string | undefined;
  readonly json: boolean;
}

export const metricsCommand: CommandBody<MetricsArguments> = {
  builder: (yargs) =>
    yargs
      .positional("name", { type: "string", describe: "One of them, or some, such as 'visit.*'" })
      .option("json", { type: "boolean", default: false, describe: "Print as JSON" })
      .example("$0 metrics visit.p95", "its formula, of what and when, and where it is worked out")
      .strict() as never,
  handler({ name, json }) {
    const told = name === undefined ? everyMetric() : describedBy(name);
    if (json) console.log(JSON.stringify(told.map(plain), null, 2));
    else console.log(name === undefined ? listOf(told) : told.map(textOf).join("\n\n"));
  },
};

function listOf(all: readonly Described[]): string {
  const lines = aligned(
    all.map(({ metric: { name, unit, better, summary } }) => [`  ${name}`, unit, better, summary]),
  ).split("\n");
  return all
    .map(({ family }, at) => {
      const isFirst = family !== all[at - 1]?.family;
      return isFirst ? `${at === 0 ? "" : "\n"}${family}\n${lines[at]}` : lines[at];
    })
    .join("\n");
}

function textOf({ family, metric }: Described): string {
  return [
    `${metric.name} (${family})`,
    `summary: ${metric.summary}`,
    ...termsOf(metric).map(({ label, text }) => `${label}: ${text}`),
    `source: ${sourceLines(metric).join(", ")}`,
  ].join("\n");
}

function plain({ family, metric }: Described) {
  return { family, ...metric, lines: sourceLines(metric) };
}
