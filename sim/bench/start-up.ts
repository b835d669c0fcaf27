import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "d3-array";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TIMES = 20;

/** What a command says on stderr when it is asked to tell what it does. */
const FIRST_EVENT = /first event after (\d+) ms/;

/** Milliseconds by the clock: what a person waits. Node's own start is measured in between. */
export async function startUp(): Promise<Record<string, number>> {
  if (!existsSync(join(ROOT, "dist"))) throw new Error("missing dist; npm run build makes it");
  const bare: number[] = [];
  const help: number[] = [];
  const firstEvent: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    bare.push(elapsed(["--eval", "0"]));
    help.push(elapsed(["bin/sim.js", "--help"]));
    firstEvent.push(await untilFirstEvent());
  }
  const [node, helped, first] = [bare, help, firstEvent].map((all) => median(all) ?? 0);
  return {
    "startup.node.milliseconds": node,
    "startup.help.milliseconds": helped,
    "startup.firstEvent.milliseconds": first,
    "startup.help.overNode": node / helped,
    "startup.firstEvent.overNode": node / first,
  };
}

function elapsed(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
  return performance.now() - start;
}

async function untilFirstEvent(): Promise<number> {
  const out = mkdtempSync(join(tmpdir(), "start-up-"));
  const args = ["bin/sim.js", "run", "experiments/flash-small.yaml", "--jobs", "1", "--out", out];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, SIM_DEBUG: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  for await (const text of child.stderr.setEncoding("utf8")) {
    said += text;
    if (FIRST_EVENT.test(said)) break;
  }
  child.kill("SIGKILL");
  await once(child, "close").catch(() => {});
  rmSync(out, { recursive: true });
  const found = FIRST_EVENT.exec(said)?.[1];
  if (found === undefined) throw new Error(`expected a first event; got ${said}`);
  return Number(found);
}
