import type { Observer } from "../model/events.ts";
import type { Ending, Run, World } from "../model/simulation.ts";
import { rerun } from "../runner/rerun.ts";
import type { Workload } from "../workload/workload.ts";

/** How every request of a run came out, as columns by request. */
export interface Survey {
  readonly ending: Ending;
  /** Seconds from asking the server to the end. */
  readonly delay: Float64Array;
  /** Seconds from the start of the window to the end. */
  readonly end: Float64Array;
  /** 1 where the customer took the file. */
  readonly accepted: Uint8Array;
  /** Whoever delivered it, or was the last to fail. */
  readonly node: Int32Array;
  /** Attempts after the first. */
  readonly retries: Uint8Array;
  readonly world: World;
}

/** Simulates the run to its end and notes how its requests came out. */
export function survey(run: Run): Survey {
  const { requests } = run.workload.trace;
  const columns = {
    delay: new Float64Array(requests),
    end: new Float64Array(requests),
    accepted: new Uint8Array(requests),
    node: new Int32Array(requests),
    retries: new Uint8Array(requests),
  };
  let seen: World | undefined;
  const ending = rerun(run, (world) => {
    seen = world;
    return surveyor(world, columns);
  });
  if (ending === null || seen === undefined) throw new Error("the simulation was not watched");
  return { ending, ...columns, world: seen };
}

function surveyor(
  { engine }: World,
  { delay, end: ends, accepted, node, retries }: Omit<Survey, "ending" | "world">,
): Observer {
  return {
    attempted(request, from, end) {
      node[request] = from;
      if (end !== "delivered" && end !== "abandoned") retries[request]++;
    },
    ended(request, asked, end) {
      delay[request] = engine.now - asked;
      ends[request] = engine.now;
      accepted[request] = end === "failed" ? 0 : 1;
    },
  };
}

/** The requests after `from`, by number: those that were delivered and those that were not. */
export function measured(
  { accepted }: Survey,
  { trace }: Workload,
  from: number,
): { readonly delivered: number[]; readonly failed: number[] } {
  const all = Array.from({ length: trace.requests }, (_, request) => request);
  const counted = all.filter((request) => trace.time[request] >= from);
  return {
    delivered: counted.filter((request) => accepted[request] === 1),
    failed: counted.filter((request) => accepted[request] === 0),
  };
}
