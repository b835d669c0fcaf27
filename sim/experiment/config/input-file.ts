import { readdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Complaint } from "./complaint.ts";

/** Finds the input file that an experiment names. */
export type Locate = (
  path: string,
) => { readonly found: string } | { readonly complaint: Complaint };

/**
 * Finds the input files of the experiment in `experimentFile`.
 *
 * A path counts from the working directory; what is not there, from the folder above the
 * experiment's own. So `traces/x` in `experiments/y.yaml` is found from anywhere. A trace that is
 * missing from the folder `f` and has a recipe in `f.yaml` is said to be made from it.
 */
export function inputFilesOf(experimentFile: string): Locate {
  const above = resolve(dirname(experimentFile), "..");
  return (path) => {
    const tried = isAbsolute(path) ? [path] : [path, fromHere(join(above, path))];
    const found = tried.find((candidate) => kindOf(candidate) !== "missing");
    if (found === undefined) return { complaint: missingFile(path, tried) };
    if (kindOf(found) === "file") return { found };
    return { complaint: { kind: "other", text: `expected a file; got the folder ${path}` } };
  };
}

function missingFile(path: string, tried: readonly string[]): Complaint {
  const folders = [...new Set(tried.map((candidate) => dirname(candidate)))];
  const known = folders.flatMap(filesIn).map((name) => join(dirname(path), name));
  const looked = `missing file: ${path}; looked in ${folders.join(", ")}`;
  const recipe = folders.map((folder) => `${folder}.yaml`).find((file) => kindOf(file) === "file");
  if (recipe === undefined) return { kind: "other", text: looked, found: path, known };
  const folder = recipe.slice(0, -".yaml".length);
  return { kind: "other", text: `${looked}; made by: sim trace synth ${recipe} --out ${folder}` };
}

function kindOf(path: string): "file" | "folder" | "missing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "missing"; // Or no path at all: too long, or with a zero byte.
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** As a person would write it: from the working directory, unless that is the longer way. */
function fromHere(path: string): string {
  const here = relative(process.cwd(), path);
  return here.length < path.length ? here : path;
}
