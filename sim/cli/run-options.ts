import type { Options } from "yargs";
import type { Overrides } from "../experiment/config/override.ts";

/** What `sim run` and `sim sweep` are told alike. */
export interface RunArguments {
  readonly experiment: string;
  readonly seed: string | undefined;
  readonly replications: string | undefined;
  readonly trace: string | undefined;
  readonly maxBad: string | undefined;
  readonly rows: string | undefined;
  readonly rowsFormat: string;
  readonly jobs: string | undefined;
  readonly maxMemory: string | undefined;
  readonly force: boolean;
  readonly out: string;
  readonly charts: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

// Numbers are taken as text, so that a mistake is shown as it was typed.
export const RUN_OPTIONS = {
  seed: { type: "string", describe: "Seed, instead of the experiment's" },
  replications: { type: "string", describe: "Runs of each policy, instead of the experiment's" },
  trace: { type: "string", describe: "Log to replay, packed or not, or a compiled trace (.mlt)" },
  "max-bad": {
    type: "string",
    describe: "Share of the log's lines that may be unreadable (0.01 unless told otherwise)",
  },
  rows: {
    type: "string",
    describe:
      "Tables to leave, with a row for each thing that happened: requests,attempts,… or all",
  },
  "rows-format": {
    type: "string",
    default: "parquet",
    describe: "Formats of those tables: parquet, csv",
  },
  jobs: {
    type: "string",
    defaultDescription: "all cores",
    describe: "Threads; the results do not depend on it",
  },
  "max-memory": {
    type: "string",
    defaultDescription: "all",
    describe: "Memory that the runs may take, as 8 GB; larger ones are not begun",
  },
  force: {
    type: "boolean",
    default: false,
    describe: "Run again what has been run before with the same inputs",
  },
  out: { type: "string", default: "results", describe: "Folder for the results" },
  charts: {
    type: "string",
    default: "svg",
    describe: "Formats of the figures written beside the report: svg, png",
  },
  json: { type: "boolean", default: false, describe: "Print results as JSON" },
  quiet: { type: "boolean", default: false, describe: "No progress on stderr" },
} as const satisfies Readonly<Record<string, Options>>;

export function overridesOf({ seed, replications, trace, maxBad, rows }: RunArguments): Overrides {
  return { seed, replications, trace, maxBad, rows };
}
