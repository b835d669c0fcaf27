import type { CommandBody } from "../command-body.ts";
import { progress } from "../progress.ts";

interface ExplainArguments {
  readonly run: string;
  readonly request: string | undefined;
  readonly slowest: string | undefined;
  readonly of: string | undefined;
  readonly metric: string | undefined;
  readonly policy: string | undefined;
  readonly replication: string | undefined;
  readonly alternatives: string | undefined;
  readonly jobs: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

export const explainCommand: CommandBody<ExplainArguments> = {
  builder: (yargs) =>
    yargs
      .positional("run", {
        type: "string",
        demandOption: true,
        describe: "Folder of a run, or an experiment's file for its newest run",
      })
      // Numbers are taken as text, so that a mistake is shown as it was typed.
      .option("request", { type: "string", describe: "The request with this number" })
      .option("slowest", { type: "string", describe: "The slowest visits, a line each (10)" })
      .option("of", {
        type: "string",
        defaultDescription: "visits",
        describe: "What the slowest are: visits or requests",
      })
      .option("metric", {
        type: "string",
        describe: "Where p50, p95, p99 or mean of visits comes from, or delay.p95 of requests",
      })
      .option("policy", {
        type: "string",
        defaultDescription: "tracker-informed, or the first",
        describe: "Of which policies, as the results name them",
      })
      .option("replication", { type: "string", describe: "Of which replication, from 0 (0)" })
      .option("alternatives", {
        type: "string",
        defaultDescription: "all, or 8 where that would take long",
        describe: "Candidates to try instead of the one chosen, at most",
      })
      .option("jobs", {
        type: "string",
        defaultDescription: "all cores",
        describe: "Threads; the results do not depend on it",
      })
      .option("out", { type: "string", default: "results", describe: "Folder of the results" })
      .option("json", { type: "boolean", default: false, describe: "Print all of it as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "No progress on stderr" })
      .example("$0 explain experiments/flash.yaml --slowest 10", "the slowest of the newest run")
      .example("$0 explain experiments/flash.yaml --metric p99", "what makes the tail")
      .strict() as never,
  async handler(args) {
    const { explain } = await import("../../explain/explain.ts");
    const { explainedText } = await import("../explain/explained-text.ts");
    let shown: ReturnType<typeof progress> | undefined;
    const explained = await explain(args.run, {
      out: args.out,
      typed: args,
      onTried(done, all) {
        shown ??= progress(all, "alternatives", args.quiet);
        shown.step(done, all);
      },
    });
    shown?.stop();
    for (const note of explained.notes) console.error(`note: ${note}`);
    console.log(args.json ? JSON.stringify(explained, null, 2) : explainedText(explained));
  },
};
