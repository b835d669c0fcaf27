import { relative } from "node:path";
import type { Verdict } from "./judge.ts";

/** Of the mutants, the share that tests have to notice. */
export const LEAST_SCORE = 0.9;

export interface MutantReport {
  readonly score: number;
  readonly text: string;
}

/** Those that no test notices, each with its place, then a table of all by file, then the score. */
export function reportOf(verdicts: readonly Verdict[], folder: string): MutantReport {
  const unnoticed = verdicts.filter(isUnnoticed);
  const files = new Set(verdicts.map(({ mutant }) => mutant.path));
  const score = scoreOf(verdicts);
  const noticed = verdicts.length - unnoticed.length;
  return {
    score,
    text: [
      ...unnoticed.map((verdict) => lineOf(verdict, folder)),
      "",
      ...Array.from(files, (path) => {
        const of = verdicts.filter(({ mutant }) => mutant.path === path);
        return `${scoreOf(of).toFixed(2)}  ${countsOf(of)}  ${relative(folder, path)}`;
      }),
      "",
      `${noticed} of ${verdicts.length} mutants noticed: score ${score.toFixed(3)}, at least ${LEAST_SCORE}`,
    ].join("\n"),
  };
}

function isUnnoticed({ outcome }: Verdict): boolean {
  return outcome === "survived" || outcome === "uncovered";
}

function scoreOf(verdicts: readonly Verdict[]): number {
  return verdicts.length === 0 ? 1 : 1 - verdicts.filter(isUnnoticed).length / verdicts.length;
}

function countsOf(verdicts: readonly Verdict[]): string {
  const noticed = verdicts.filter((verdict) => !isUnnoticed(verdict)).length;
  return `${noticed}/${verdicts.length}`.padStart(9);
}

function lineOf({ mutant, outcome }: Verdict, folder: string): string {
  const { path, line, column, kind, before, after } = mutant;
  const where = `${relative(folder, path)}:${line}:${column}`;
  return `${where} ${outcome} (${kind}): ${short(before)} → ${short(after)}`;
}

function short(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
