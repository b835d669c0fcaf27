import { failedAt, OwnPolicyError } from "../experiment/own-policy/guard.ts";
import type { Observer } from "../model/events.ts";
import { type Ending, type Run, simulate, type World } from "../model/simulation.ts";

/** Thrown by watchers that have seen enough. */
class SeenEnough extends Error {
  override readonly name = "SeenEnough";
}

/**
 * Simulates a run until its end, or until `watch`'s observer calls `stop`: then there is no ending.
 *
 * @throws InputError when a policy of the user's own fails.
 */
export function rerun(
  run: Run,
  watch: (world: World, stop: () => never) => Observer,
): Ending | null {
  let now = () => 0;
  const stop = () => {
    throw new SeenEnough();
  };
  try {
    return simulate(run, (world) => {
      now = () => world.engine.now;
      return watch(world, stop);
    });
  } catch (error) {
    if (error instanceof SeenEnough) return null;
    throw error instanceof OwnPolicyError ? failedAt(now(), error) : error;
  }
}
