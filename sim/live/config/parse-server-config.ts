import { InputError } from "../../engine/input-error.ts";
import { excerpt } from "../../experiment/config/excerpt.ts";
import { isMapping } from "../../experiment/config/override.ts";
import type { PolicyRegistry } from "../../experiment/config/policy-field.ts";
import { type Issues, reportIssues } from "../../experiment/config/report-issues.ts";
import { YamlSource } from "../../experiment/config/yaml-source.ts";
import { policies } from "../../policies/index.ts";
import type { Disk } from "./disk.ts";
import { serverJsonSchema } from "./json-schema.ts";
import { masked } from "./masked.ts";
import { surroundingsOf } from "./path-field.ts";
import type { ServerConfig } from "./server-config.ts";
import { serverSchema } from "./server-schema.ts";

export interface ServerParseOptions {
  /** The policies that can be chosen; the simulator's own by default. */
  readonly registry?: PolicyRegistry;
  readonly disk?: Disk;
}

/**
 * Reads the text of a server's configuration; `file` names it in problems, and paths count from its folder.
 *
 * @throws InputError with everything that is wrong, each with its line and column, and no secret in it.
 */
export function parseServerConfig(
  text: string,
  file: string,
  { registry = policies, disk }: ServerParseOptions = {},
): Omit<ServerConfig, "own"> {
  const source = new YamlSource(text);
  const mistaken = (issues: Issues) => {
    const shown = masked(text);
    const document = source.value === undefined ? undefined : new YamlSource(shown).value;
    const schema = serverJsonSchema(registry);
    return new InputError(
      reportIssues({ file, text: shown, source, document, overridden: [], schema }, issues),
    );
  };
  const { value } = source;
  if (value === undefined) throw mistaken([]);
  if (!isMapping(value)) {
    const said = "expected a mapping: the configuration of a server";
    throw new InputError([excerpt(file, masked(text), { offset: 0, length: 1 }, said)]);
  }
  const result = serverSchema(registry, surroundingsOf(file, disk)).safeParse(value);
  if (!result.success) throw mistaken(result.error.issues);
  if (source.problems.length > 0) throw mistaken([]);
  return result.data;
}
