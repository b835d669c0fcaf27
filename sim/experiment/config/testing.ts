/** A small, complete experiment for tests, with policies of its own: real ones may change. */
import { InputError } from "../../engine/input-error.ts";
import type { Experiment } from "./experiment.ts";
import { type ParseOptions, parseExperiment } from "./parse-experiment.ts";
import type { PolicyRegistry } from "./policy-field.ts";

export const registry: PolicyRegistry = {
  dispatch: [
    { name: "origin-only", summary: "The server.", params: {} },
    {
      name: "tracker-informed",
      summary: "The least loaded.",
      params: {
        memory: { default: 600, min: 0, max: 86_400, unit: "seconds", summary: "Memory." },
        floor: { default: 1, min: 0, max: 10, unit: "ratio", summary: "Floor." },
      },
    },
  ],
  sync: [{ name: "daily", summary: "Daily.", params: {} }],
  trust: [{ name: "none", summary: "All.", params: {} }],
  handout: [{ name: "locality", summary: "Near.", params: {} }],
  pieces: [{ name: "rarest-first", summary: "Rare.", params: {} }],
  choking: [{ name: "tit-for-tat", summary: "Fair.", params: {} }],
  eviction: [{ name: "nothing", summary: "None.", params: {} }],
  wrapper: [
    {
      name: "sticky",
      summary: "The same again.",
      params: {
        stickyFor: { default: 600, min: 0, max: 86_400, unit: "seconds", summary: "For so long." },
      },
    },
    { name: "fresh", summary: "Only the fresh.", params: {} },
  ],
  replication: [
    { name: "everything", summary: "All.", params: {} },
    {
      name: "subtree",
      summary: "Parts.",
      params: { coverage: { default: 1, min: 0, max: 1, unit: "ratio", summary: "Parts." } },
    },
  ],
  chunkSize: [
    {
      name: "fixed",
      summary: "One size.",
      params: { size: { default: 65_536, min: 1, max: 1e9, unit: "bytes", summary: "Size." } },
    },
  ],
};

export const minimal = `title: Small
question: Does it read?
seed: 1
system:
  server: { uplink: 8 Mbit/s }
  volunteers:
    - { name: a, count: 2, uplink: 1 B/s, downlink: 2 B/s }
  customers:
    classes:
      - { share: 1, downlink: 1 MB/s }
workload:
  log: { file: access.log }
policies:
  dispatch: origin-only
  replication: everything
  chunkSize: fixed
`;

/** The minimal experiment with one passage replaced. */
export function minimalWith(passage: string, replacement: string): string {
  if (!minimal.includes(passage)) throw new Error(`no such passage: ${passage}`);
  return minimal.replace(passage, replacement);
}

/** Parses with the fixture's policies, as if every input file existed. */
export function parse(text: string, options: ParseOptions = {}): Experiment {
  return parseExperiment(text, "small.yaml", {
    registry,
    locate: (path) => ({ found: path }),
    ...options,
  });
}

/** What is wrong with `text`, one report a problem; empty if nothing is. */
export function problemsIn(text: string, options: ParseOptions = {}): readonly string[] {
  try {
    parse(text, options);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** A mistake in the minimal experiment, and how it is reported. */
export interface Mistake {
  /** The passage of the minimal experiment to be replaced, and what by. */
  readonly change: readonly [passage: string, replacement: string];
  /** The first line of each report without the file's name, and its hint after ` = `. */
  readonly says: readonly string[];
}

/** The first line of a report without the file's name, and its hint. */
export function digest(report: string): string {
  const [first, ...others] = report.replace(/^small\.yaml:/, "").split("\n");
  const hint = others.find((line) => line.startsWith("      = "));
  return hint === undefined ? first : `${first} = ${hint.slice(8)}`;
}
