import { basename, extname } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import { policies } from "../../policies/index.ts";
import type { Experiment } from "./experiment.ts";
import { experimentSchema } from "./experiment-schema.ts";
import { inputFilesOf, type Locate } from "./input-file.ts";
import { experimentJsonSchema } from "./json-schema.ts";
import { applyOverrides, type Overrides } from "./override.ts";
import type { PolicyRegistry } from "./policy-field.ts";
import { type Issues, reportIssues } from "./report-issues.ts";
import { YamlSource } from "./yaml-source.ts";

export interface ParseOptions {
  readonly overrides?: Overrides;
  /** The policies that can be chosen; the simulator's own by default. */
  readonly registry?: PolicyRegistry;
  /** Finds input files; by default `inputFilesOf` the experiment's file. */
  readonly locate?: Locate;
}

/**
 * Reads the text of an experiment. `file` names it in problems and gives the experiment its name.
 *
 * @throws InputError with everything that is wrong.
 */
export function parseExperiment(
  text: string,
  file: string,
  { overrides = {}, registry = policies, locate = inputFilesOf(file) }: ParseOptions = {},
): Experiment {
  const source = new YamlSource(text);
  const { document, overridden } = applyOverrides(source.value, overrides);
  const mistaken = (issues: Issues) => {
    const schema = experimentJsonSchema(registry);
    const checked = { file, text, source, document, overridden, schema };
    return new InputError(reportIssues(checked, issues));
  };
  if (document === undefined) throw mistaken([]);

  const result = experimentSchema(registry, locate).safeParse(document);
  if (!result.success) throw mistaken(result.error.issues);
  if (source.problems.length > 0) throw mistaken([]);
  const { workload, ...rest } = result.data;
  const name = basename(file, extname(file));
  return { name, ...rest, workload: workload.spec, window: workload.window };
}
