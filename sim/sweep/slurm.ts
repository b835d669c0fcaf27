import { execFile } from "node:child_process";
import { InputError } from "../engine/input-error.ts";
import { Unfinished } from "../runner/unfinished.ts";

/** Slurm's commands, as far as a sweep needs them. */
export interface Slurm {
  /** Submits an array of tasks and returns the job's number. */
  submit(script: string, array: string): Promise<string>;
  /** How many lines the queue has for a job: none when it is over. */
  queued(job: string): Promise<number>;
  cancel(job: string): Promise<void>;
}

/** A controller that restarts, or is busy, answers again after a while. */
const MOST_FAILURES = 20;

export function slurm(): Slurm {
  let failures = 0;
  return {
    async submit(script, array) {
      const { code, stdout, stderr } = await run("sbatch", [
        "--parsable",
        `--array=${array}`,
        script,
      ]);
      const job = /^(\d+)/.exec(stdout.trim())?.[1]; // Followed by `;cluster` where there are several.
      if (code === 0 && job !== undefined) return job;
      throw new InputError([
        `sbatch: ${(stderr || stdout).trim() || `it ended with code ${code}`}`,
      ]);
    },
    async queued(job) {
      const { code, stdout, stderr } = await run("squeue", ["--noheader", "--jobs", job]);
      if (/invalid job id/i.test(stderr)) return 0; // Over for so long that it is forgotten.
      if (code === 0) {
        failures = 0;
        return stdout.split("\n").filter((line) => line.trim() !== "").length;
      }
      if (++failures < MOST_FAILURES) return 1;
      throw new Unfinished(
        `squeue: no answer ${failures} times: ${stderr.trim()}; job ${job} goes on`,
      );
    },
    async cancel(job) {
      await run("scancel", [job]);
    },
  };
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { encoding: "utf8" }, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") reject(absent(command));
      else resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

function absent(command: string): InputError {
  return new InputError([
    `--on slurm: missing ${command}; expected Slurm's commands on this machine, as a login node has them`,
  ]);
}
