import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../engine/input-error.ts";
import { SWEEP_FILES } from "./plan.ts";
import type { SlurmRequest } from "./request.ts";

/**
 * The batch script of a sweep. Each task of its array runs one bundle; which of them is up to who
 * submits it. Nothing is requeued by Slurm itself, which would hold a failed task for minutes: what is
 * missing at the end is submitted again.
 *
 * @throws InputError when a folder has a name that a script cannot hold.
 */
export function sbatchScript(
  name: string,
  folder: string,
  { walltime, memory, partition }: SlurmRequest,
): string {
  const program = fileURLToPath(new URL("../../bin/sim.js", import.meta.url));
  const cwd = process.cwd();
  const log = join(folder.replaceAll("%", "%%"), SWEEP_FILES.logs, "%A_%a.txt");
  const options = [
    `--job-name=${`mirrorlab-${name}`.replaceAll(/[^\w.-]/g, "-")}`,
    ...["--ntasks=1", "--cpus-per-task=1", "--no-requeue", "--open-mode=append"],
    ...(walltime === null ? [] : [`--time=${walltime}`]),
    ...(memory === null ? [] : [`--mem=${memory}`]),
    ...(partition === null ? [] : [`--partition=${partition}`]),
    `--chdir=${quoted(cwd)}`,
    `--output=${quoted(log)}`,
  ];
  const command = [process.execPath, program, "sweep-task", folder].map(shellQuoted).join(" ");
  return [
    "#!/bin/sh",
    ...options.map((option) => `#SBATCH ${option}`),
    `exec ${command} "$SLURM_ARRAY_TASK_ID"`,
    "",
  ].join("\n");
}

/** In the lines for Slurm, which knows double quotes. */
function quoted(path: string): string {
  if (/["\\\n]/.test(path)) {
    throw new InputError([
      `${JSON.stringify(path)}: expected a folder without quotes, backslashes and line ends in its name`,
    ]);
  }
  return /^[\w./%@:+,=-]+$/.test(path) ? path : `"${path}"`;
}

function shellQuoted(word: string): string {
  return /^[\w./@:+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Numbers as Slurm lists them: `0-3,7`, with how many may run at a time. */
export function arrayOf(numbers: readonly number[], atATime: number | null): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const list = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
  return atATime === null ? list : `${list}%${atATime}`;
}
