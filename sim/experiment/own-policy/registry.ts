import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { parse } from "yaml";
import { policies } from "../../policies/index.ts";
import { POLICY_FAMILIES, type PolicyFamily } from "../config/experiment.ts";
import type { PolicyRegistry } from "../config/policy-field.ts";
import { isPath, type KnownPolicy } from "../config/policy-name.ts";
import { loadPolicy } from "./module.ts";

/** Choices of policies, for the families that they are of. */
export type Choices = readonly (readonly [family: PolicyFamily, choices: unknown])[];

/**
 * The simulator's policies and those that the experiment in `file`, or `also`, names by path, from its
 * folder.
 *
 * Modules load asynchronously and an experiment is read synchronously, so they are loaded first. One
 * that cannot be used is known with its problem, which the reader reports at its place.
 */
export async function registryFor(file: string, also: Choices = []): Promise<PolicyRegistry> {
  const named: Named = [...policiesNamedIn(file), ...also];
  const families = await Promise.all(
    POLICY_FAMILIES.map(async (family) => {
      const paths = [...new Set(pathsIn(named.filter(([of]) => of === family).map(([, n]) => n)))];
      const own = await Promise.all(paths.map((path) => knownPolicy(path, dirname(file))));
      return [family, [...policies[family], ...own]] as const;
    }),
  );
  const known = Object.fromEntries(families) as Record<PolicyFamily, readonly KnownPolicy[]>;
  return { ...policies, ...known };
}

async function knownPolicy(name: string, folder: string): Promise<KnownPolicy> {
  const path = isAbsolute(name) ? name : join(folder, name);
  const unusable = { name, summary: "", params: {}, own: { [name]: path } };
  if (!isFile(path)) return { ...unusable, problem: `missing file; looked in ${dirname(path)}` };
  const policy = await loadPolicy(path);
  if (typeof policy === "string") return { ...unusable, problem: policy };
  return { ...unusable, summary: policy.summary, params: policy.params };
}

/** Every path among the names in a list of choices, or in one. */
function pathsIn(choices: unknown): string[] {
  if (Array.isArray(choices)) return choices.flatMap(pathsIn);
  return [choices].flatMap((choice) => {
    const names = typeof choice === "string" ? [choice] : Object.keys(choice ?? {});
    return names.flatMap((name) => name.split("+")).filter(isPath);
  });
}

/** What is said for a family of policies, which may be several times. */
type Named = readonly (readonly [family: string, choices: unknown])[];

/** What the file says of policies; nothing where it cannot be read, which its reader reports. */
function policiesNamedIn(file: string): Named {
  try {
    const document: unknown = parse(readFileSync(file, "utf8"), { logLevel: "silent" });
    const { policies: named, vary, changes } = mapping(document);
    const axes = Object.values(mapping(vary)).map(mapping);
    return [
      ...Object.entries(mapping(named)),
      ...settingsIn(["changes", changes]),
      ...axes.flatMap((axis) => [
        ...Object.values(axis).flatMap((level) =>
          Object.entries(mapping(level)).flatMap(settingsIn),
        ),
        ...settingsIn([String(axis["field"]), axis["values"]]),
      ]),
    ];
  } catch {
    return [];
  }
}

/** A setting of a level or a change names a family as `policies.dispatch`; a level may set changes. */
function settingsIn([path, value]: [string, unknown]): Named {
  if (path !== "changes" || !Array.isArray(value)) {
    return [[path.replace(/^policies\./, ""), value]];
  }
  return value.flatMap((change) =>
    Object.entries(mapping(mapping(change)["set"])).flatMap(settingsIn),
  );
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMapping ? (value as Readonly<Record<string, unknown>>) : {};
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
