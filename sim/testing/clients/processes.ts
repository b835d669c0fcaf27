/** Programs that the tests start: each with a limit, all ended with whatever they started themselves. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const running = new Set<ChildProcess>();

export interface Ended {
  /** The exit code; null where a signal or the limit ended it. */
  readonly code: number | null;
  readonly isStuck: boolean;
  readonly seconds: number;
  /** What it printed, of both streams, the last of it. */
  readonly output: string;
}

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const KEPT = 20_000; // Characters of the output.

/** Starts a program as the head of a process group, so that all it starts can be ended with it. */
export function start({ argv, cwd, env }: Command): ChildProcess {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.on("close", () => running.delete(child));
  child.on("error", () => running.delete(child)); // It could not be started.
  return child;
}

/** Runs a program to its end, or for so many seconds. */
export async function run(command: Command, limit: number): Promise<Ended> {
  const begun = performance.now();
  const child = start(command);
  let output = "";
  let isStuck = false;
  const keep = (text: string) => {
    output = (output + text).slice(-KEPT);
  };
  child.stdout?.setEncoding("utf8").on("data", keep);
  child.stderr?.setEncoding("utf8").on("data", keep);
  const timer = setTimeout(() => {
    isStuck = true;
    end(child);
  }, limit * 1000);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return { code, isStuck, seconds: (performance.now() - begun) / 1000, output };
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a program and what it started, at once. */
export function end(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Ends all that is still running: when the tests are stopped, or fail. */
export function endAll(): void {
  for (const child of running) end(child);
}
