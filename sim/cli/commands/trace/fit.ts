import { basename } from "node:path";
import type { CommandModule } from "yargs";
import { InputError } from "../../../engine/input-error.ts";
import { writtenRecipe } from "../../../experiment/recipe/written-recipe.ts";
import { fitAccess } from "../../../workload/fit/fit-access.ts";
import { recipeText } from "../../../workload/fit/recipe-text.ts";
import { withLogOptions } from "../../trace-profile/log-options.ts";
import { type ReadOptions, readTraceOrLogs } from "../../trace-profile/read-profiled.ts";
import { writeText } from "../../trace-profile/write-text.ts";

interface FitArguments extends ReadOptions {
  readonly files: readonly string[];
  readonly out: string;
}

export const fitCommand: CommandModule<object, FitArguments> = {
  command: "fit <files..>",
  describe: "Fit a recipe to a trace or logs: what it makes is alike, at any scale",
  builder: (yargs) =>
    withLogOptions(yargs)
      .option("out", { type: "string", demandOption: true, describe: "File for the recipe (YAML)" })
      .example("$0 trace fit access.log.gz --out recipe.yaml", "learn from a log")
      .example("$0 trace synth recipe.yaml --scale 10 --out out", "ten times its customers")
      .strict() as never,
  async handler({ files, out, ...options }) {
    const { trace, notes } = await readTraceOrLogs(files, options);
    if (trace.kind !== "access" || trace.requests.requests === 0) {
      throw new InputError([`${files[0]}: expected a trace of downloads; got ${kindOf(trace)}`]);
    }
    const recipe = fitAccess(trace, `As ${basename(files[0])}`);
    for (const note of notes) console.error(`note: ${note}`);
    writeText(out, recipeText(writtenRecipe(recipe)));
    console.log(`recipe ${out}`);
  },
};

function kindOf({ kind }: { readonly kind: "access" | "sync" }): string {
  return kind === "sync" ? "synchronisations" : "no request";
}
