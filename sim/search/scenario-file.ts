/** A scenario as an experiment's file that anyone can run. */
import { dirname, relative } from "node:path";
import { stringify } from "yaml";
import type { Experiment, PolicyChoice } from "../experiment/config/experiment.ts";
import { isMapping } from "../experiment/config/override.ts";
import type { Worst } from "./worst.ts";

type Document = Readonly<Record<string, unknown>>;

/**
 * The text of the file at `path`. Input files are named from the working directory, as they were
 * found, and the user's own policies from the file's folder.
 *
 * @param remarks sentences that head it.
 */
export function scenarioText(
  { family, contenders }: Worst,
  { document, experiment }: NonNullable<Worst["found"]>,
  path: string,
  remarks: readonly string[],
): string {
  const [policy, against] = contenders.map(({ choice }) => nameFrom(dirname(path), choice));
  const { workload, policies, ...rest } = document;
  const text = stringify(
    {
      ...rest,
      title: `${policy} loses to ${against}`,
      question: `Why is ${policy} worse than ${against} here?`,
      workload: { ...(workload as Document), ...inputsOf(experiment, workload as Document) },
      policies: { ...(policies as Document), [family]: [against, policy] },
      ...(family === "dispatch" ? { compare: { dispatch: against } } : {}),
    },
    { lineWidth: 100 },
  );
  return `${remarks.map((remark) => `# ${remark}\n`).join("")}${text}`;
}

/** The policy's name, with paths of modules from `folder`. */
function nameFrom(folder: string, { name, own = {} }: PolicyChoice): string {
  const parts = name.split("+").map((part) => {
    if (!Object.hasOwn(own, part)) return part;
    const path = relative(folder, own[part]);
    return path.startsWith(".") ? path : `./${path}`;
  });
  return parts.join("+");
}

/** The input files as they can be opened, in place of how the document names them. */
function inputsOf({ workload: spec }: Experiment, workload: Document): Document {
  const within = (part: string, files: Document) => {
    const written = workload[part];
    return { [part]: { ...(isMapping(written) ? written : {}), ...files } };
  };
  if ("release" in spec) {
    const { catalogue, curve } = spec.release;
    return within("release", { catalogue, curve });
  }
  return "log" in spec ? within("log", { file: spec.log.file }) : {};
}
