import type { CommandModule } from "yargs";
import { type Figure, synthesize } from "../../../experiment/recipe/synthesize.ts";

interface SynthArguments {
  readonly recipe: string;
  readonly out: string;
  readonly scale: number | undefined;
  readonly seed: number | undefined;
  readonly json: boolean;
}

export const synthCommand: CommandModule<object, SynthArguments> = {
  command: "synth <recipe>",
  describe: "Make a trace from a recipe, calibrated to what the recipe says",
  builder: (yargs) =>
    yargs
      .positional("recipe", { type: "string", demandOption: true, describe: "Recipe file (YAML)" })
      .option("out", { type: "string", demandOption: true, describe: "Folder for the trace" })
      .option("scale", {
        type: "number",
        describe: "Factor of files, customers and requests, 0.01 to 10, instead of the recipe's",
      })
      .option("seed", { type: "number", describe: "Seed, instead of the recipe's" })
      .option("json", { type: "boolean", default: false, describe: "Print the figures as JSON" })
      .example("$0 trace synth traces/hp-10day.yaml --out out --scale 0.01", "a small trace")
      .strict() as never,
  async handler({ recipe, out, scale, seed, json }) {
    const made = synthesize(recipe, { out, overrides: { scale, seed } });
    if (json) {
      const figures = Object.fromEntries(
        made.figures.map(({ name, target, achieved }) => [name, { target, achieved }]),
      );
      console.log(JSON.stringify({ ...made, figures }, null, 2));
      return;
    }
    console.log(`${made.title}\n\n${table(made.figures)}\n`);
    console.log(`trace ${made.trace}, ${made.rows} rows\nrecipe ${made.recipe}`);
  },
};

function table(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "target", "achieved"],
    ...figures.map(({ name, target, achieved }) => [name, shown(target), shown(achieved)]),
  ];
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at].length)));
  return rows
    .map(([name, ...numbers]) =>
      [name.padEnd(widths[0]), ...numbers.map((text, at) => text.padStart(widths[at + 1]))].join(
        "  ",
      ),
    )
    .join("\n");
}

function shown(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}
