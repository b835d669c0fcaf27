/** Runs the command line as a user would: the built program, which `npm test` builds anew. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const program = fileURLToPath(new URL("../../bin/sim.js", import.meta.url));

/** Without what the test runner tells its own processes about colours. */
export const colourless = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/COLOR/.test(name)),
);

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function sim(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: "utf8",
    env: colourless,
  });
  return { code: status, stdout, stderr };
}

/** A small experiment: seconds to run, yet with a release, churn, corruption and all policies. */
export const SMALL_EXPERIMENT = `
title: A small crowd
question: Does everything work together?
seed: 7
replications: 3
system:
  server: { uplink: 4 Mbit/s }
  volunteers:
    - { name: complete, count: 3, uplink: 1 Mbit/s, downlink: 4 Mbit/s, shared: 4 Mbit/s }
    - name: volatile
      count: 2
      uplink: 1 Mbit/s
      downlink: 4 Mbit/s
      sessions: { up: 6 h, down: 2 h }
    - { name: corrupting, count: 1, uplink: 1 Mbit/s, downlink: 4 Mbit/s, conduct: { corrupts: 0.3 } }
  synchronisation: { every: 6 h, first: 0 h, spread: 6 h }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }] }
workload:
  release:
    catalogue: traces/debian-12.tsv.gz
    curve: traces/release-curve.csv
    at: 9 h
    customers: 30
  window: 1 d
policies:
  dispatch: [origin-only, random, round-robin, least-loaded, tracker-informed]
  replication: everything
  chunkSize: fixed
measure: { from: 6 h }
compare: { dispatch: origin-only }
`;
