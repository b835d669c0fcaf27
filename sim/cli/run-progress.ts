import type { Watcher } from "../runner/run-experiment.ts";
import { type Progress, progress } from "./progress.ts";

/** Shows on stderr how far the runs of an experiment have come, and what is to be known of them. */
export function runProgress(quiet: boolean): { readonly watcher: Watcher; stop(): void } {
  let shown: Progress | undefined;
  const note = (text: string) => {
    if (!quiet) console.error(text);
  };
  return {
    watcher: {
      onHits(hits, all) {
        if (hits > 0) note(`${hits} of ${all} runs were at hand`);
      },
      onRun(done, all) {
        shown ??= progress(all, "runs", quiet);
        shown.step(done, all);
      },
      onNote: (text) => note(`note: ${text}`),
    },
    stop: () => shown?.stop(),
  };
}
