import { InputError } from "../../engine/input-error.ts";
import type { JournalFile } from "../../replay/decisions/journal-files.ts";
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
  readonly customer: string | undefined;
  readonly at: string | undefined;
  readonly reason: string | undefined;
  readonly file: string | undefined;
  readonly last: string | undefined;
  readonly snapshot: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Options that only one of the two kinds of things to explain has. */
const OF_RUNS = [
  ...["slowest", "of", "metric", "policy", "replication", "alternatives", "jobs"],
] as const;
const OF_JOURNALS = ["customer", "at", "reason", "file", "last", "snapshot"] as const;

export const explainCommand: CommandBody<ExplainArguments> = {
  builder: (yargs) =>
    yargs
      .positional("run", {
        type: "string",
        demandOption: true,
        describe:
          "Folder of a run, or an experiment's file for its newest run; or the journal of a server or " +
          "of `sim run --journal`, or a server's state folder",
      })
      // Numbers are taken as text, so that a mistake is shown as it was typed.
      .option("request", {
        type: "string",
        describe: "The request with this number; of a journal, in this line",
      })
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
      .option("customer", { type: "string", describe: "Of a journal: what this customer got" })
      .option("at", { type: "string", describe: "Of a journal: decisions up to this time" })
      .option("reason", { type: "string", describe: "Of a journal: decisions with this reason" })
      .option("file", { type: "string", describe: "Of a journal: requests for this path" })
      .option("last", {
        type: "string",
        defaultDescription: "1, or 1000 for an overview",
        describe: "Of a journal: how many decisions, the latest of those asked for",
      })
      .option("snapshot", {
        type: "string",
        defaultDescription: "the one beside it",
        describe: "Of a journal: the snapshot that it follows",
      })
      .option("out", { type: "string", default: "results", describe: "Folder of the results" })
      .option("json", { type: "boolean", default: false, describe: "Print all of it as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "No progress on stderr" })
      .example("$0 explain experiments/flash.yaml --slowest 10", "the slowest of the newest run")
      .example("$0 explain experiments/flash.yaml --metric p99", "what makes the tail")
      .example("$0 explain /var/lib/mirrorlab", "what a server decides, and why it excludes whom")
      .example("$0 explain server.journal --file pool/a.deb --last 3", "who was sent where for it")
      .strict() as never,
  async handler(args) {
    const { journalFiles } = await import("../../replay/decisions/journal-files.ts");
    const journals = await journalFiles(args.run, args.snapshot);
    if (journals.length > 0) {
      refuse(args, OF_RUNS, "run");
      await explainDecisions(args, journals);
    } else {
      refuse(args, OF_JOURNALS, "journal");
      await explainRun(args);
    }
  },
};

async function explainDecisions(
  args: ExplainArguments,
  journals: readonly JournalFile[],
): Promise<void> {
  const { explainJournal } = await import("../../replay/decisions/explain-journal.ts");
  const { journalExplanationText } = await import("../explain/journal-explanation.ts");
  const explained = await explainJournal(args.run, journals, args);
  tell(args, explained, explained.notes, journalExplanationText);
}

async function explainRun(args: ExplainArguments): Promise<void> {
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
  tell(args, explained, explained.notes, explainedText);
}

function tell<Explained>(
  { json }: ExplainArguments,
  explained: Explained,
  notes: readonly string[],
  textOf: (explained: Explained) => string,
): void {
  for (const note of notes) console.error(`note: ${note}`);
  console.log(json ? JSON.stringify(explained, null, 2) : textOf(explained));
}

/** What was typed is to fit what is explained. */
function refuse(
  args: ExplainArguments,
  options: readonly (keyof ExplainArguments)[],
  expected: string,
): void {
  const typed = options.filter((name) => args[name] !== undefined);
  if (typed.length === 0) return;
  throw new InputError(typed.map((name) => `--${name}: expected a ${expected}; got ${args.run}`));
}
