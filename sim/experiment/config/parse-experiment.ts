import { basename, extname } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import { policies } from "../../policies/index.ts";
import type { Experiment } from "./experiment.ts";
import { experimentSchema } from "./experiment-schema.ts";
import { inputFilesOf, type Locate } from "./input-file.ts";
import { experimentJsonSchema } from "./json-schema.ts";
import { applyOverrides, isMapping, type Overrides } from "./override.ts";
import { emptyClasses, parsePhases } from "./phases/parse-phases.ts";
import type { PolicyRegistry } from "./policy-field.ts";
import { type Finding, report } from "./report-issues.ts";
import { type Given, type Parsed, parseVariants } from "./vary/parse-variants.ts";
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
  const mistaken = (findings: readonly Finding[]) =>
    new InputError(report({ file, text }, source.problems, findings));
  if (document === undefined) throw mistaken([]);

  const given = { source, document, overridden, registry, locate };
  const parsed =
    isMapping(document) && document["vary"] !== undefined
      ? parseVariants({ ...given, document })
      : parsePlain(given);
  if ("findings" in parsed) throw mistaken(parsed.findings);
  if (source.problems.length > 0) throw mistaken([]);
  return { name: basename(file, extname(file)), ...parsed.experiment };
}

function parsePlain({ source, document, overridden, registry, locate }: Given): Parsed {
  const schema = experimentSchema(registry, locate);
  const json = () => experimentJsonSchema(registry);
  const checking = { source, schema, json, overridden, base: document, settings: [] };
  const checked = parsePhases(checking);
  if ("findings" in checked) return checked;
  const findings = emptyClasses(checking, [checked.experiment]);
  return findings.length > 0 ? { findings } : checked;
}
