/** The results of a run as notebooks read them: one row a cell, in numbers of four digits. */
export async function rowsOf({ folder, file, built }) {
  const { readRun } = await built("outcome/results/run-folder.js");
  const { summarise } = await built("outcome/summary.js");
  const { SHARES } = await built("metrics/recorder.js");
  const { manifest, all } = readRun(folder);
  const { experiment, fingerprint, commit } = manifest;
  const summary = summarise(experiment, all);
  return {
    title: experiment.title,
    question: experiment.question,
    command: `npx sim run ${file}`,
    replications: experiment.replications,
    fingerprint,
    commit,
    bin: experiment.measure.bin,
    horizon: experiment.measure.horizon,
    shares: SHARES,
    cells: all.map(({ cell, runs }, at) => ({
      policy: cell.policy,
      levels: cell.levels,
      synchronisation: cell.synchronisation,
      chunk: cell.chunkSize.params.chunkSize ?? null,
      fingerprints: runs.map(({ fingerprint }) => fingerprint),
      metrics: intervals(summary.cells[at].metrics),
      serverRate: means(runs.map((run) => run.serverRate)),
      visits: means(runs.map((run) => run.visits)),
      delays: means(runs.map((run) => run.delays)),
      loads: means(runs.map((run) => run.loads)),
    })),
  };
}

function intervals(metrics) {
  return Object.fromEntries(
    Object.entries(metrics)
      .filter(([, interval]) => interval !== null)
      .map(([name, { mean, low, high, ...rest }]) => [
        name,
        { mean: short(mean), low: short(low), high: short(high), ...rest },
      ]),
  );
}

/** The mean of each place over the replications. */
function means(columns) {
  const complete = columns.filter(({ length }) => length > 0);
  const sum = (at) => complete.reduce((total, column) => total + column[at], 0);
  return Array.from(complete[0] ?? [], (_, at) => short(sum(at) / complete.length));
}

function short(value) {
  return value === null ? null : Number(value.toPrecision(4));
}
