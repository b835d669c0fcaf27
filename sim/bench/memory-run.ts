/**
 * Runs a workload of so many files, customers, requests, volunteers and transfers at once, arguments in
 * that order, and prints the bytes that the process had at the most.
 */
import { cells } from "../experiment/config/cells.ts";
import { parseExperiment } from "../experiment/config/parse-experiment.ts";
import { runOnce } from "../runner/replication.ts";
import { withVisits } from "../workload/visits.ts";
import { NO_CHANGES, type Workload } from "../workload/workload.ts";

const [files, customers, requests, volunteers, atOnce] = process.argv.slice(2).map(Number);
const DAY = 86_400;

const experiment = parseExperiment(
  `
title: Memory
question: How much does it take?
seed: 1
replications: 1
system:
  server: { uplink: 1 Gbit/s }
  volunteers: [{ name: all, count: ${volunteers}, uplink: 100 Mbit/s, downlink: 100 Mbit/s }]
  synchronisation: { every: 6 h, first: 0 h, spread: 6 h }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }] }
workload:
  release:
    catalogue: traces/debian-12.tsv.gz
    curve: traces/release-curve.csv
    at: 9 h
    customers: 1
  window: 1 d
policies: { dispatch: [tracker-informed], replication: everything, chunkSize: fixed }
`,
  "memory.yaml",
);

const workload: Workload = {
  catalogue: {
    files,
    size: new Float64Array(files).fill(100_000_000),
    digest: Uint32Array.from({ length: files }, (_, file) => file),
    release: new Float64Array(files).fill(Number.NEGATIVE_INFINITY),
    path: (file) => `file ${file}`,
  },
  changes: NO_CHANGES,
  trace: withVisits(
    {
      requests,
      // The last ones come all at once and take hours.
      time: Float64Array.from({ length: requests }, (_, i) =>
        i < requests - atOnce ? (i * DAY) / 2 / requests : DAY / 2,
      ),
      customer: Uint32Array.from({ length: requests }, (_, i) => i % customers),
      file: Uint32Array.from({ length: requests }, (_, i) => i % files),
      bytes: new Float64Array(requests).fill(100_000).fill(100_000_000, requests - atOnce),
    },
    customers,
  ),
  customers,
  window: DAY,
  notes: [],
};
runOnce(experiment, cells(experiment)[0], 0, workload);
process.stdout.write(String(1024 * process.resourceUsage().maxRSS));
