import type { Engine } from "../engine/engine.ts";
import type { Workload } from "../workload/workload.ts";

/** How far a run has come. */
export interface Beat {
  /** Simulated seconds, and how many the workload lasts; a run ends some time after that. */
  readonly now: number;
  readonly window: number;
  readonly events: number;
  /** Requests made so far. */
  readonly requests: number;
}

/** Tells `onBeat` at once and then every few thousand events how far the run has come. */
export function beats(engine: Engine, workload: Workload, onBeat: (beat: Beat) => void): void {
  const { window, trace } = workload;
  let requests = 0;
  const beat = () => {
    while (requests < trace.requests && trace.time[requests] <= engine.now) requests++;
    onBeat({ now: engine.now, window, events: engine.fired, requests });
  };
  engine.onBeat(beat);
  beat();
}
