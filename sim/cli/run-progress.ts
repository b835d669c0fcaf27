import type { Watcher } from "../runner/run-shards.ts";
import { RunState } from "./run-state.ts";

/** Milliseconds between two looks: on a terminal, and where each leaves a line. */
const REDRAW = 250;
const LINE = 10_000;

/**
 * Shows on stderr how far the runs of an experiment have come, and what is to be known of them: a line
 * that changes on a terminal, a line every ten seconds and at every tenth
 * of the runs elsewhere, nothing when quiet.
 */
export function runProgress(quiet: boolean): { readonly watcher: Watcher; stop(): void } {
  const { stderr } = process;
  const state = new RunState();
  let begun = performance.now();
  let isFirst = process.env["SIM_DEBUG"] !== undefined;
  const clear = () => {
    if (stderr.isTTY && !quiet) stderr.write("\r\x1b[K");
  };
  const note = (text: string) => {
    clear();
    if (!quiet) console.error(text);
  };
  const show = () => {
    const text = state.text((performance.now() - begun) / 1000, process.memoryUsage.rss());
    if (!stderr.isTTY) console.error(text);
    else stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
  };
  const looks = quiet ? undefined : setInterval(show, stderr.isTTY ? REDRAW : LINE);
  looks?.unref();
  return {
    watcher: {
      onHits(hits, all) {
        begun = performance.now();
        state.begin(hits, all);
        if (hits > 0) note(`${hits} of ${all} runs were at hand`);
      },
      onRun(done, all) {
        state.ended(done, all);
        const isTenth = Math.floor((10 * done) / all) > Math.floor((10 * (done - 1)) / all);
        if (isTenth && !stderr.isTTY) note(`${done}/${all} runs`);
      },
      onBeat(run, beat) {
        state.beat(run, beat);
        if (isFirst) note(`first event after ${Math.round(performance.now())} ms`);
        isFirst = false;
      },
      onNote: (text) => note(`note: ${text}`),
    },
    stop() {
      clearInterval(looks);
      clear();
    },
  };
}
