/**
 * The fluid model of a swarm in the long run (Qiu and Srikant, Modeling and performance analysis of
 * BitTorrent-like peer-to-peer networks, SIGCOMM 2004). Rates are in files per second.
 */
export interface FluidSwarm {
  /** Leechers that arrive a second. */
  readonly arrivals: number;
  /** Rate at which a leecher gives up. */
  readonly gives: number;
  /** Downlink and uplink of a peer. */
  readonly download: number;
  readonly upload: number;
  /** Share of its uplink that a leecher can use, in (0, 1]. */
  readonly effectiveness: number;
  /** Rate at which a seed leaves. */
  readonly leaves: number;
}

export interface FluidState {
  readonly leechers: number;
  readonly seeds: number;
}

/** Mean seconds a leecher takes, counting those that give up until they do. */
export function steadyDownloadTime(swarm: FluidSwarm): number {
  return 1 / (swarm.gives + completionRate(swarm));
}

/** Where the swarm settles. */
export function steadyState(swarm: FluidSwarm): FluidState {
  const leechers = swarm.arrivals * steadyDownloadTime(swarm);
  return { leechers, seeds: (completionRate(swarm) * leechers) / swarm.leaves };
}

/** β: the rate at which one leecher completes, by whichever of downlink and uplinks is scarcer. */
function completionRate({ download, upload, effectiveness, leaves }: FluidSwarm): number {
  return 1 / Math.max(1 / download, (1 / effectiveness) * (1 / upload - 1 / leaves));
}

/** How the swarm changes a second: dx/dt and dy/dt. */
export function fluidChange(swarm: FluidSwarm, { leechers, seeds }: FluidState): FluidState {
  const { arrivals, gives, download, upload, effectiveness, leaves } = swarm;
  const completed = Math.min(download * leechers, upload * (effectiveness * leechers + seeds));
  return {
    leechers: arrivals - gives * leechers - completed,
    seeds: completed - leaves * seeds,
  };
}

/** Follows the swarm for some seconds in steps of `step` (Runge-Kutta, fourth order). */
export function fluidAfter(
  swarm: FluidSwarm,
  start: FluidState,
  seconds: number,
  step: number,
): FluidState {
  let state = start;
  for (let i = 0; i < Math.round(seconds / step); i++) {
    const a = fluidChange(swarm, state);
    const b = fluidChange(swarm, moved(state, a, step / 2));
    const c = fluidChange(swarm, moved(state, b, step / 2));
    const d = fluidChange(swarm, moved(state, c, step));
    state = {
      leechers:
        state.leechers + (step / 6) * (a.leechers + 2 * (b.leechers + c.leechers) + d.leechers),
      seeds: state.seeds + (step / 6) * (a.seeds + 2 * (b.seeds + c.seeds) + d.seeds),
    };
  }
  return state;
}

function moved(from: FluidState, change: FluidState, step: number): FluidState {
  return {
    leechers: from.leechers + step * change.leechers,
    seeds: from.seeds + step * change.seeds,
  };
}
