import cliProgress from "cli-progress";

/** Shows how far a command has come, on stderr. */
export interface Progress {
  /** `all` where there are more than at first. */
  step(done: number, all?: number): void;
  stop(): void;
}

/** A bar with the time left on a terminal, a line at every tenth elsewhere, nothing when quiet. */
export function progress(all: number, unit: string, quiet: boolean): Progress {
  if (quiet) return { step() {}, stop() {} };
  return process.stderr.isTTY ? bar(all, unit) : lines(all, unit);
}

function bar(all: number, unit: string): Progress {
  const shown = new cliProgress.SingleBar({
    format: `{bar} {value}/{total} ${unit}, {eta_formatted} left`,
    stream: process.stderr,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  shown.start(all, 0);
  return {
    step(done, now = all) {
      shown.setTotal(now);
      shown.update(done);
    },
    stop: () => shown.stop(),
  };
}

function lines(all: number, unit: string): Progress {
  let told = "";
  return {
    step(done, now = all) {
      const reached = `${Math.floor((done * 10) / now)} tenths of ${now}`;
      if (reached === told || done * 10 < now) return;
      told = reached;
      console.error(`${done}/${now} ${unit}`);
    },
    stop() {},
  };
}
