import { dimensionOf } from "../../experiment/config/policy-name.ts";
import { quantityText } from "../../experiment/config/quantity.ts";
import type { ParamSpec } from "../../policies/index.ts";
import type { CommandBody } from "../command-body.ts";
import { type Described, describedBy, everyPolicy } from "../policies/described.ts";
import { usesIn } from "../policies/uses.ts";

interface PoliciesArguments {
  readonly name: string | undefined;
  readonly experiments: string;
  readonly json: boolean;
}

export const policiesCommand: CommandBody<PoliciesArguments> = {
  builder: (yargs) =>
    yargs
      .positional("name", { type: "string", describe: "One of them, such as sticky+random" })
      .option("experiments", {
        type: "string",
        default: "experiments",
        describe: "Folder of the experiments that are searched for it",
      })
      .option("json", { type: "boolean", default: false, describe: "Print as JSON" })
      .example("$0 policies tracker-informed", "its rule, params, source and experiments")
      .strict() as never,
  async handler({ name, experiments, json }) {
    const uses = usesIn(experiments);
    const told = (name === undefined ? everyPolicy() : describedBy(name)).map((policy) => ({
      ...policy,
      experiments: uses(policy.family, policy.name),
    }));
    if (json) console.log(JSON.stringify(told, null, 2));
    else console.log(name === undefined ? listOf(told) : told.map(textOf).join("\n\n"));
  },
};

function listOf(all: readonly Described[]): string {
  const families = [...new Set(all.map(({ family }) => family))];
  const width = Math.max(...all.map(({ name }) => name.length));
  return families
    .map((family) => {
      const members = all.filter((policy) => policy.family === family);
      const lines = members.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
      return [family, ...lines].join("\n");
    })
    .join("\n\n");
}

function textOf(policy: Described & { readonly experiments: readonly string[] }): string {
  const { family, name, summary, source, differs, params, experiments } = policy;
  const described = Object.entries(params).map(([param, spec]) => {
    const { summary: meaning, default: usual, min, max } = spec;
    const [value, least, most] = [usual, min, max].map((amount) => written(amount, spec));
    return `  ${param} = ${value} (${least} … ${most}): ${meaning}`;
  });
  return [
    `${name} (${family})`,
    `rule: ${summary}`,
    described.length === 0 ? "params: none" : `params:\n${described.join("\n")}`,
    `source: ${source}`,
    ...(differs === undefined ? [] : [`differs: ${differs}`]),
    `experiments: ${experiments.join(", ") || "none"}`,
  ].join("\n");
}

/** As an experiment's file says it. */
function written(amount: number, spec: ParamSpec): string {
  const dimension = dimensionOf(spec);
  return dimension === undefined ? `${amount}` : quantityText(amount, dimension);
}
