/** A Slurm cluster of this machine alone, for a test: started as root without systemd, on loopback. */

import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../live/free-port.ts";

const PACKAGES = ["slurmctld", "slurmd", "slurm-client", "munge"];

/** Installs Debian's packages where they are missing. */
export function installSlurm(): void {
  if (existsSync("/usr/sbin/slurmctld") && existsSync("/usr/sbin/slurmd")) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) => execFileSync("apt-get", args, { env, stdio: "inherit" });
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", ...PACKAGES);
}

export interface Cluster {
  /** The path of its configuration, for `SLURM_CONF`. */
  readonly conf: string;
  stop(): Promise<void>;
}

/** Starts munge, slurmctld and slurmd, which leave everything in `folder`. */
export async function startCluster(folder: string, cpus: number): Promise<Cluster> {
  for (const name of ["state", "spool", "munge"]) mkdirSync(join(folder, name));
  // Munge is another user, who must find its socket.
  for (const place of [dirname(folder), folder]) chmodSync(place, 0o755);
  const pids = [startMunge(join(folder, "munge"))];
  const conf = join(folder, "slurm.conf");
  writeFileSync(conf, configuration(folder, cpus, await freePort(), await freePort()));
  const env = { ...process.env, SLURM_CONF: conf };
  execFileSync("/usr/sbin/slurmctld", ["-f", conf], { env });
  execFileSync("/usr/sbin/slurmd", ["-f", conf, "-N", "n1"], { env });
  pids.unshift(join(folder, "slurmd.pid"), join(folder, "slurmctld.pid"));
  await until("an idle node", () => {
    const { stdout } = spawnSync("sinfo", ["-h", "-o", "%T"], { env, encoding: "utf8" });
    return stdout.includes("idle");
  });
  return { conf, stop: () => stop(pids) };
}

function startMunge(folder: string): string {
  writeFileSync(join(folder, "key"), randomBytes(128), { mode: 0o400 });
  execFileSync("chown", ["-R", "munge", folder]);
  chmodSync(folder, 0o711);
  const places = [
    "key-file=key",
    "socket=socket",
    "pid-file=pid",
    "log-file=log",
    "seed-file=seed",
  ];
  const options = places.map((place) => {
    const [option, name] = place.split("=");
    return `--${option}=${join(folder, name)}`;
  });
  const asMunge = ["--reuid=munge", "--regid=munge", "--clear-groups"];
  execFileSync("setpriv", [...asMunge, "/usr/sbin/munged", ...options, "--force"]);
  return join(folder, "pid");
}

function configuration(folder: string, cpus: number, controller: number, daemon: number): string {
  const host = hostname().split(".")[0];
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmctldPort=${controller}
AuthType=auth/munge
AuthInfo=socket=${join(folder, "munge/socket")}
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=1,bf_interval=2
ReturnToService=2
SwitchType=switch/none
StateSaveLocation=${join(folder, "state")}
SlurmdSpoolDir=${join(folder, "spool")}
SlurmctldPidFile=${join(folder, "slurmctld.pid")}
SlurmdPidFile=${join(folder, "slurmd.pid")}
SlurmctldLogFile=${join(folder, "slurmctld.log")}
SlurmdLogFile=${join(folder, "slurmd.log")}
NodeName=n1 NodeHostname=${host} NodeAddr=127.0.0.1 Port=${daemon} CPUs=${cpus} State=UNKNOWN
PartitionName=main Nodes=n1 Default=YES MaxTime=INFINITE State=UP
`;
}

/** Waits, at most half a minute, until something holds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (holds()) return;
    await pause(100);
  }
  throw new Error(`waited in vain for ${what}`);
}

async function stop(pidFiles: readonly string[]): Promise<void> {
  for (const file of pidFiles) {
    if (!existsSync(file)) continue;
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    process.kill(pid);
    await until(`the end of process ${pid}`, () => !existsSync(`/proc/${pid}`)).catch(() =>
      process.kill(pid, "SIGKILL"),
    );
  }
}
