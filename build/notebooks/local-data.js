import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Lets a notebook import what lies in the repository, beside code:
 *
 *   import text from "../traces/debian-12.tsv.gz?text";         a file's text, unpacked
 *   import experiment from "../experiments/flash.yaml?experiment";  as the simulator resolves it
 *   import flash from "../experiments/flash.yaml?results";      its results; runs it if there are none
 *   import recipe from "../traces/hp-10day.yaml?recipe";        a trace's recipe, with its defaults
 *
 * `notebooks/lib/local-data.d.ts` has the types.
 */
export function localData({ root, force }) {
  const again = new Set();
  return {
    name: "mirrorlab:local-data",
    enforce: "pre",
    async load(id) {
      const [path, query = ""] = id.split("?", 2);
      const file = relative(root, path);
      if (query === "text")
        return moduleOf((await import(dist("workload/files/text.js"))).readText(file));
      if (query === "recipe")
        return moduleOf((await import(dist("runner/recipe/read-recipe.js"))).readRecipe(file));
      if (query === "experiment") return moduleOf((await wanted(file)).experiment);
      if (query === "results") return moduleOf(await results(file));
      return undefined;
    },
  };

  function dist(module) {
    return pathToFileURL(join(root, "dist", module)).href;
  }

  /** What the results of an experiment are known by: itself, its input files and the version. */
  async function wanted(file) {
    const { registryFor } = await import(dist("runner/own-policy/registry.js"));
    const { ownPaths } = await import(dist("runner/own-policy/load.js"));
    const { readExperiment } = await import(dist("runner/config/read-experiment.js"));
    const { inputsOf, workloadSources } = await import(dist("runner/workload-sources.js"));
    const { manifest } = await import(dist("runner/manifest.js"));
    const experiment = readExperiment(file, { registry: await registryFor(file) });
    const { paths } = inputsOf(await workloadSources(experiment));
    return manifest(experiment, [...paths, ...ownPaths(experiment)], "");
  }

  async function results(file) {
    const { rowsOf } = await import("./result-rows.js");
    const asked = await wanted(file);
    const stored = await storedRun(asked);
    const isAsked = force && !again.has(file);
    again.add(file);
    if (isAsked || stored === undefined || stored.commit !== asked.commit) {
      console.log(`sim run ${file}`);
      execFileSync(process.execPath, [join(root, "bin/sim.js"), "run", file, "--quiet"], {
        cwd: root,
        stdio: ["ignore", "ignore", "inherit"],
      });
    }
    const run = await storedRun(asked);
    if (run === undefined) throw new Error(`${file}: expected results in results/; got none`);
    return rowsOf({ folder: run.folder, file, dist });
  }

  /** The run of the same inputs, whichever commit it is of. */
  async function storedRun(asked) {
    const { manifestOf, runName } = await import(dist("runner/manifest.js"));
    const runs = join(root, "results", asked.experiment.name);
    const folders = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
    return folders
      .filter((folder) => existsSync(join(folder, "manifest.json")))
      .map((folder) => {
        const manifest = manifestOf(readFileSync(join(folder, "manifest.json"), "utf8"));
        return { folder, name: runName(manifest), commit: manifest.commit };
      })
      .find(({ name }) => name === runName(asked));
  }
}

/** The source of a module that is `value`. JSON has no unlimited quantities; JavaScript does. */
function moduleOf(value) {
  const text = JSON.stringify(value, (_name, part) =>
    part === Number.POSITIVE_INFINITY ? { $number: "Infinity" } : part,
  );
  return `export default ${text.replaceAll('{"$number":"Infinity"}', "Infinity")};`;
}
