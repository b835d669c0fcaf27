import type { CommandModule } from "yargs";

/** What the help of all commands tells of one. */
interface Listed {
  readonly command: string;
  /** False for a command that is of no use to people. */
  readonly describe: string | false;
  /** Its file, which may import whatever it needs. */
  readonly load: () => Promise<object>;
}

/** The commands, in the order of the help. */
const COMMANDS: readonly Listed[] = [
  {
    command: "run <experiment>",
    describe: "Run an experiment and write its results and report",
    load: async () => (await import("./commands/run.ts")).runCommand,
  },
  {
    command: "check <experiments..>",
    describe: "Compare experiments with their baselines; exit 1 where something is worse",
    load: async () => (await import("./commands/check.ts")).checkCommand,
  },
  {
    command: "compare <runs..>",
    describe: "Compare finished runs with the first of them",
    load: async () => (await import("./commands/compare.ts")).compareCommand,
  },
  {
    command: "explain <run>",
    describe: "Explain a download: who could serve, why that one, what held it back, what was best",
    load: async () => (await import("./commands/explain.ts")).explainCommand,
  },
  {
    command: "report [run]",
    describe: "Make the report of a stored run anew, or the list of all runs",
    load: async () => (await import("./commands/report.ts")).reportCommand,
  },
  {
    command: "sweep <experiment>",
    describe: "Run an experiment here or as a job array of a Slurm cluster",
    load: async () => (await import("./commands/sweep.ts")).sweepCommand,
  },
  {
    command: "sweep-task <folder> <bundle>",
    describe: false,
    load: async () => (await import("./commands/sweep-task.ts")).sweepTaskCommand,
  },
  {
    command: "tune <experiment>",
    describe: "Search the params of a policy on some seeds and judge the best on others",
    load: async () => (await import("./commands/tune.ts")).tuneCommand,
  },
  {
    command: "worst <experiment>",
    describe:
      "Search a small scenario in which a policy loses to another; exit 1 where none is found",
    load: async () => (await import("./commands/worst.ts")).worstCommand,
  },
  {
    command: "policies [name]",
    describe: "List the policies by family, or tell all about one",
    load: async () => (await import("./commands/policies.ts")).policiesCommand,
  },
  {
    command: "metrics [name]",
    describe: "List the metrics by family, or tell how one is worked out",
    load: async () => (await import("./commands/metrics.ts")).metricsCommand,
  },
  {
    command: "replay <log>",
    describe: "Decide again what a server's journal or log of decisions says, and compare",
    load: async () => (await import("./commands/replay.ts")).replayCommand,
  },
  {
    command: "serve [config]",
    describe: "Redirect customers to volunteers: the server itself, with the simulator's policies",
    load: async () => (await import("./commands/serve.ts")).serveCommand,
  },
  {
    command: "rescan <config>",
    describe: "Have a running server look for changes of its files now",
    load: async () => (await import("./commands/rescan.ts")).rescanCommand,
  },
  {
    command: "trace <command>",
    describe: "Read, make, describe and convert traces",
    load: async () => (await import("./commands/trace.ts")).traceCommand,
  },
];

/**
 * The commands for yargs. Only a command that is named among the arguments is loaded: to load all
 * would take half a second, and yargs cannot complete the options of one that loads later.
 */
export async function commandsFor(argv: readonly string[]): Promise<CommandModule[]> {
  return Promise.all(
    COMMANDS.map(async ({ command, describe, load }) => {
      const isNamed = argv.includes(command.split(" ")[0]);
      const body = isNamed ? await load() : { handler: () => {} };
      return { ...body, command, describe } as CommandModule;
    }),
  );
}
