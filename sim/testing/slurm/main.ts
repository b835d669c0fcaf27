/**
 * Tests `sim sweep --on slurm` on a real Slurm, as root on Debian: `npm run test:slurm`.
 *
 * A sweep of forty-two cells, of which one task is killed and another cancelled, must leave the same
 * files as `sim run`, to the byte.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entriesOf, runFilesOf } from "../kills/kill-runs.ts";
import { type Cluster, installSlurm, startCluster, until } from "./daemons.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = join(root, "bin/sim.js");
const experiment = fileURLToPath(new URL("forty-cells.yaml", import.meta.url));
const CELLS = 42;

let failures = 0;

function check(what: string, holds: boolean, detail = ""): void {
  console.log(`${holds ? "ok" : "FAILED"}: ${what}${holds || detail === "" ? "" : `\n${detail}`}`);
  if (!holds) failures++;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line, and `meanwhile` beside it. */
async function sim(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  meanwhile = async (_child: { kill(signal: NodeJS.Signals): boolean }) => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const closed = once(child, "close");
  await meanwhile(child);
  const [code] = await closed;
  return { code, stdout, stderr };
}

/** The numbers of the processes that run tasks of the sweep into `out`. */
function tasksOf(out: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = spawnSync("cat", [`/proc/${pid}/cmdline`], { encoding: "utf8" }).stdout;
      return words.includes("sweep-task") && words.includes(out);
    })
    .map(Number);
}

async function scenario(room: string, { conf }: Cluster): Promise<void> {
  const env = { ...process.env, SLURM_CONF: conf };
  const [local, cluster] = [join(room, "local"), join(room, "on the cluster")];
  const run = await sim(["run", experiment, "--out", local, "--json", "--quiet"], env);
  check("sim run ends well", run.code === 0, run.stderr);
  const cells = (JSON.parse(run.stdout) as { cells: unknown[] }).cells.length;
  check(`the experiment has ${CELLS} cells`, cells === CELLS, `it has ${cells}`);

  const args = ["sweep", experiment, "--on", "slurm", "--out", cluster, "--json"];
  const request = ["--walltime", "10 min", "--bundle", "4", "--retries", "3"];
  const swept = await sim([...args, ...request], env, async () => {
    await until("a few results", () => entriesOf(cluster).length >= 8);
    await until("a task to kill", () => tasksOf(cluster).length > 0);
    const [victim] = tasksOf(cluster);
    process.kill(victim, "SIGKILL");
    console.log(
      `killed a task, process ${victim}, with ${entriesOf(cluster).length} of 84 results there`,
    );
    const running = () =>
      spawnSync("squeue", ["-h", "-t", "R", "-o", "%i"], { env, encoding: "utf8" }).stdout.trim();
    await until("a task to cancel", () => running() !== "");
    const [task] = running().split("\n");
    spawnSync("scancel", [task], { env });
    console.log(`cancelled task ${task}`);
  });
  check("sim sweep --on slurm ends well", swept.code === 0, swept.stderr);
  check("what was killed was submitted again", /submitted again/.test(swept.stderr), swept.stderr);
  check("both print the same", swept.stdout === run.stdout);
  compare("killed and cancelled", local, cluster);

  const again = await sim([...args, "--quiet"], { ...env, SLURM_CONF: "/nonexistent" });
  check("swept again, nothing is submitted", again.code === 0 && again.stdout === run.stdout);

  const stopped = join(room, "stopped");
  const other = ["sweep", experiment, "--on", "slurm", "--out", stopped, "--bundle", "4"];
  const ended = await sim(other, env, async (child) => {
    await until("a few results", () => entriesOf(stopped).length >= 8);
    child.kill("SIGINT");
  });
  check("Ctrl-C exits with 130", ended.code === 130, ended.stderr);
  await until("the queue to be empty", () => {
    return spawnSync("squeue", ["-h"], { env, encoding: "utf8" }).stdout.trim() === "";
  });
  check("Ctrl-C cancels the job", true);
  const resumed = await sim(["run", experiment, "--out", stopped, "--quiet", "--json"], env);
  check("sim run goes on from there", resumed.code === 0, resumed.stderr);
  compare("stopped, then run here", local, stopped);
}

function compare(what: string, expected: string, found: string): void {
  const [one, other] = [runFilesOf(expected), runFilesOf(found)];
  const names = Object.keys({ ...one, ...other });
  const differing = names.filter((name) => one[name] !== other[name]);
  const isSame = names.length > 0 && differing.length === 0;
  check(
    `${what}: all ${names.length} files are the same, to the byte`,
    isSame,
    differing.join("\n"),
  );
}

if (process.getuid?.() !== 0) throw new Error("expected root, which installs and starts Slurm");
installSlurm();
const room = mkdtempSync(join(tmpdir(), "mirrorlab-slurm-"));
const daemons = join(room, "daemons");
mkdirSync(daemons);
const started = await startCluster(daemons, 2);
try {
  await scenario(room, started);
} finally {
  await started.stop();
}
if (failures === 0) rmSync(room, { recursive: true, force: true });
else console.log(`what is left is in ${room}`);
console.log(failures === 0 ? "Slurm: everything holds" : `Slurm: ${failures} checks failed`);
process.exitCode = failures === 0 ? 0 : 1;
