import type { Highs } from "highs";
import type { LinearProgramme } from "./linear-programme.ts";

/** Far beyond what is usual, and a count, so that no bound depends on how fast the machine is. */
const MAX_ITERATIONS = 1_000_000;

let solver: Promise<Highs> | undefined;

/**
 * What one more of each row would cost, by HiGHS (Huangfu and Hall, Parallelizing the dual revised
 * simplex method, Mathematical Programming Computation 10, 2018); null where it finds no optimum.
 * */
export async function rowPrices(programme: LinearProgramme): Promise<Float64Array | null> {
  solver ??= loaded();
  const highs = await solver;
  return highs.withModel(programme.data(), (model) => {
    model.options.set({
      ...{ output_flag: false, solver: "simplex", simplex_iteration_limit: MAX_ITERATIONS },
    });
    model.run();
    const isOptimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
    return isOptimal ? model.getSolution().rowDual : null;
  });
}

/** Loaded where it is wanted: 3.5 MB that most runs have no use for. */
async function loaded(): Promise<Highs> {
  // The package's types are those of its CommonJS form, where the default is one level further down.
  const { default: load } = (await import("highs")) as unknown as { default: () => Promise<Highs> };
  return load();
}
