/** Kills whole processes at random points, to see whether anything is lost or half written. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import seedrandom from "seedrandom";
import { colourless, program, root, sim } from "../../cli/testing.ts";

/** Entries of the store below `out`, by their paths. */
export function entriesOf(out: string): string[] {
  const store = join(out, ".store");
  if (!existsSync(store)) return [];
  const names = readdirSync(store, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".json")).map((name) => join(store, name));
}

/** Every file of the runs below `out`, by its path there. */
export function runFilesOf(out: string): Record<string, string> {
  const names = readdirSync(out, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => !name.startsWith(".") && /\.\w+$/.test(name)).sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(out, name), "latin1")]));
}

/**
 * Starts `sim run` as often as told, and each time kills it after a random part of `milliseconds`.
 * Returns how many results were kept after each.
 */
export async function killRuns(
  args: readonly string[],
  out: string,
  { kills, milliseconds, seed }: { kills: number; milliseconds: number; seed: string },
): Promise<number[]> {
  const random = seedrandom.alea(seed);
  const kept: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const command = [program, "run", ...args, "--out", out, "--quiet"];
    const child = spawn(process.execPath, command, { cwd: root, env: colourless });
    const closed = once(child, "close");
    await Promise.race([pause(random() * milliseconds), closed]);
    child.kill("SIGKILL");
    await closed;
    kept.push(entriesOf(out).length);
  }
  return kept;
}

/** How long `sim run` takes when nobody disturbs it, with its output. */
export function undisturbed(args: readonly string[], out: string) {
  const start = performance.now();
  const outcome = sim("run", ...args, "--out", out, "--quiet", "--json");
  return { ...outcome, milliseconds: performance.now() - start };
}
