// biome-ignore-all lint/style/noDefaultExport: a file that is imported is one thing.
/** What a notebook may import beside code; `build/notebooks/local-data.js` reads it. */

/** The text of a file of the repository, plain or gzip. */
declare module "*?text" {
  const text: string;
  export default text;
}

/** An experiment, as the simulator resolves its file. */
declare module "*?experiment" {
  const experiment: import("../../sim/experiment/config/experiment.ts").Experiment;
  export default experiment;
}

/** The results of an experiment: those of its last run, or of one that the build starts. */
declare module "*?results" {
  const results: import("./results.ts").Results;
  export default results;
}

/** A recipe of a generated trace of requests, with every default filled in. */
declare module "*?recipe" {
  const recipe: import("../../sim/workload/synth/recipe.ts").AccessRecipe;
  export default recipe;
}
