import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { rowsOf } from "./result-rows.js";

/**
 * Lets a notebook import what lies in the repository, beside code:
 *
 *   import text from "../traces/debian-12.tsv.gz?text"              a file's text, unpacked
 *   import recipe from "../traces/hp-10day.yaml?recipe"             a trace's recipe, with its defaults
 *   import experiment from "../experiments/flash.yaml?experiment"   as the simulator resolves it
 *   import flash from "../experiments/flash.yaml?results"           what `sim run` finds out
 *
 * `notebooks/lib/local-data.d.ts` has the types.
 *
 * @param force Whether experiments are run again of which the store has the results.
 */
export function localData({ root, force }) {
  const ran = new Map();
  /** What a query stands for, by the path from the repository's root. */
  const readers = {
    text: async (file) => (await built("workload/files/text.js")).readText(file),
    recipe: async (file) => (await built("experiment/recipe/read-recipe.js")).readRecipe(file),
    experiment: async (file) => (await wanted(file)).experiment,
    results,
  };
  return {
    name: "mirrorlab:local-data",
    enforce: "pre",
    async load(id) {
      const [path, query = ""] = id.split("?", 2);
      if (!Object.hasOwn(readers, query)) return undefined;
      return moduleOf(await readers[query](relative(root, path)));
    },
  };

  /** A module of the built simulator. */
  function built(module) {
    return import(pathToFileURL(join(root, "dist", module)).href);
  }

  async function results(file) {
    if (!ran.has(file)) ran.set(file, run(file));
    return ran.get(file);
  }

  /** Runs an experiment, which is quick where the store has its runs, and reads its results. */
  async function run(file) {
    const sim = [join(root, "bin/sim.js"), "run", file, "--quiet", ...(force ? ["--force"] : [])];
    execFileSync(process.execPath, sim, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    const folder = await folderOf(await wanted(file));
    if (folder === undefined) throw new Error(`${file}: expected results in results/; got none`);
    return rowsOf({ folder, file, built });
  }

  /** What a run is named by: the experiment, its input files and the version. */
  async function wanted(file) {
    const { registryFor } = await built("experiment/own-policy/registry.js");
    const { ownPaths } = await built("experiment/own-policy/load.js");
    const { readExperiment } = await built("experiment/config/read-experiment.js");
    const { inputsOf, workloadSources } = await built("runner/workload-sources.js");
    const { manifest } = await built("experiment/manifest.js");
    const experiment = readExperiment(file, { registry: await registryFor(file) });
    const { paths } = inputsOf(await workloadSources(experiment));
    return manifest(experiment, [...paths, ...ownPaths(experiment)], "");
  }

  async function folderOf(asked) {
    const { manifestOf, runName } = await built("experiment/manifest.js");
    const runs = join(root, "results", asked.experiment.name);
    return readdirSync(runs)
      .map((name) => join(runs, name))
      .filter((folder) => existsSync(join(folder, "manifest.json")))
      .find((folder) => {
        const manifest = manifestOf(readFileSync(join(folder, "manifest.json"), "utf8"));
        return runName(manifest) === runName(asked);
      });
  }
}

/** The source of a module that is `value`. JSON has no unlimited quantities; JavaScript does. */
function moduleOf(value) {
  const text = JSON.stringify(value, (_name, part) =>
    part === Number.POSITIVE_INFINITY ? { $number: "Infinity" } : part,
  );
  return `export default ${text.replaceAll('{"$number":"Infinity"}', "Infinity")};`;
}
