import { InputError } from "../engine/input-error.ts";
import { type Dimension, exampleOf, parseQuantity } from "../experiment/config/quantity.ts";

/** What is asked of a cluster, as typed on the command line. */
export interface TypedRequest {
  readonly jobs: string | undefined;
  readonly walltime: string | undefined;
  readonly memory: string | undefined;
  readonly partition: string | undefined;
  readonly retries: string;
  readonly bundle: string | undefined;
}

/** What is asked of a cluster; null where its own default holds. */
export interface SlurmRequest {
  /** Tasks that may run at the same time. */
  readonly jobs: number | null;
  /** The longest that a task may take, as Slurm writes it. */
  readonly walltime: string | null;
  /** Memory of a task, as Slurm writes it. */
  readonly memory: string | null;
  readonly partition: string | null;
  /** How often what is missing is submitted again. */
  readonly retries: number;
  /** Runs of a task. */
  readonly bundle: number | null;
}

const MOST = 100_000;

/** As `man sbatch` has them: minutes, minutes:seconds, days-hours:minutes and so on. */
const SLURM_TIME = /^\d+(-\d+)?(:\d+){0,2}$/;
const SLURM_MEMORY = /^\d+[KMGT]?$/;

/** @throws InputError with everything that is wrong. */
export function slurmRequest(typed: TypedRequest): SlurmRequest {
  const problems: string[] = [];
  const whole = (option: string, text: string, low: number) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && low <= value && value <= MOST) return value;
    problems.push(`--${option}: invalid ${option}: ${text}; not in [${low}, ${MOST}]`);
    return 0;
  };
  const either = (option: string, text: string, own: RegExp, dimension: Dimension) => {
    if (own.test(text)) return text;
    const result = parseQuantity(text, dimension);
    if ("value" in result && result.value > 0) return inSlurm[dimension](result.value);
    const expected = `a ${dimension} as "${exampleOf(dimension)}", or as Slurm writes it`;
    problems.push(`--${option}: expected ${expected}; got ${JSON.stringify(text)}`);
    return null;
  };
  const { jobs, walltime, memory, partition, retries, bundle } = typed;
  if (partition !== undefined && !/^[\w.,-]+$/.test(partition)) {
    problems.push(`--partition: expected a partition's name; got ${JSON.stringify(partition)}`);
  }
  const request: SlurmRequest = {
    jobs: jobs === undefined ? null : whole("jobs", jobs, 1),
    walltime: walltime === undefined ? null : either("walltime", walltime, SLURM_TIME, "duration"),
    memory: memory === undefined ? null : either("memory", memory, SLURM_MEMORY, "size"),
    partition: partition ?? null,
    retries: whole("retries", retries, 0),
    bundle: bundle === undefined ? null : whole("bundle", bundle, 1),
  };
  if (problems.length > 0) throw new InputError(problems);
  return request;
}

const MINUTE = 60;
const MEBIBYTE = 2 ** 20;

/** Minutes and mebibytes are what Slurm counts in: a part of one is a whole one. */
const inSlurm: Readonly<Record<Dimension, (value: number) => string>> = {
  duration: (seconds) => `${Math.ceil(seconds / MINUTE)}`,
  size: (bytes) => `${Math.ceil(bytes / MEBIBYTE)}M`,
  rate: String,
};
