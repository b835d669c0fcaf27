import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ParamSpec, Policy } from "../../policies/index.ts";
import { show } from "../config/complaint.ts";

/** A policy of the user's own, of whichever family the experiment names it for. */
export type OwnPolicy = Policy<unknown, unknown, unknown>;

/** The policy that the module at `path` exports, or what is wrong with it in one sentence. */
export async function loadPolicy(path: string): Promise<OwnPolicy | string> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    const [reason] = String(error).split("\n");
    return `expected a module that can be loaded; got ${reason}`;
  }
  const found = module["default"] ?? module["policy"];
  if (found === undefined) return "expected an export named default or policy; got neither";
  return policyIn(found);
}

/** What is exported as a policy, with empty sentences where it has none. */
function policyIn(found: unknown): OwnPolicy | string {
  if (!isMapping(found)) return `expected a policy; got ${show(found)}`;
  const { name, params = {}, decide, memory } = found;
  const problems = [
    ...(typeof name === "string" && name !== "" ? [] : [`name: expected text; got ${show(name)}`]),
    ...(isMapping(params)
      ? Object.entries(params).flatMap(([param, spec]) => specProblems(param, spec))
      : [`params: expected a mapping; got ${show(params)}`]),
    ...functionProblem("decide", decide),
    ...(memory === undefined ? [] : memoryProblems(memory)),
  ];
  if (problems.length > 0) return problems.join("; ");
  return { summary: "", source: "", ...found, params } as unknown as OwnPolicy;
}

const UNITS: readonly ParamSpec["unit"][] = ["bytes", "bytes/s", "seconds", "count", "ratio"];

function specProblems(param: string, spec: unknown): string[] {
  if (!isMapping(spec)) return [`params.${param}: expected a mapping; got ${show(spec)}`];
  const { default: fallback, min, max, unit } = spec;
  const [low, middle, high] = [min, fallback, max].map(Number);
  const isNumeric = [fallback, min, max].every((value) => typeof value === "number");
  const range = `default ${show(fallback)}, min ${show(min)}, max ${show(max)}`;
  return [
    ...(isNumeric && low <= middle && middle <= high
      ? []
      : [`params.${param}: expected numbers min ≤ default ≤ max; got ${range}`]),
    ...(UNITS.some((known) => known === unit)
      ? []
      : [`params.${param}: unknown unit: ${show(unit)}; known: ${UNITS.join(", ")}`]),
  ];
}

function memoryProblems(memory: unknown): string[] {
  if (!isMapping(memory)) return [`memory: expected a mapping; got ${show(memory)}`];
  return [
    ...functionProblem("memory.init", memory["init"]),
    ...functionProblem("memory.observe", memory["observe"]),
  ];
}

function functionProblem(what: string, value: unknown): string[] {
  return typeof value === "function" ? [] : [`${what}: expected a function; got ${show(value)}`];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
