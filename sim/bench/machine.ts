import { cpus, platform, release, totalmem } from "node:os";

/** The machine that figures come from. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
}

export function machine(): Machine {
  const cores = cpus();
  return {
    processor: cores[0]?.model.trim() ?? "unknown",
    cores: cores.length,
    memory: totalmem(),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
}
