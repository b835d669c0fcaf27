/** The open workload of queueing theory: M/G, or M/M where sizes are exponential. */
import { draw, type Law } from "../engine/distributions.ts";
import { exponential, type Stream } from "../engine/random.ts";
import { NO_CHANGES, type Workload } from "./workload.ts";
import type { WorkloadSize } from "./workload-size.ts";

export interface PoissonRecipe {
  /** Mean seconds between two requests. */
  readonly gap: number;
  /** Bytes of a file. */
  readonly size: Law;
  /** Files that requests draw from evenly; null: each request has a file of its own. */
  readonly files: number | null;
  /** Seconds. */
  readonly window: number;
}

/**
 * Requests as a Poisson process, each by a customer of its own; all files are there from the start.
 *
 * Streams: "workload/arrivals", "workload/sizes" and "workload/files".
 */
export function poissonWorkload(
  recipe: PoissonRecipe,
  streams: (name: string) => Stream,
): Workload {
  const times = arrivals(recipe, streams("workload/arrivals"));
  const requests = times.length;
  const files = recipe.files ?? requests;
  const sizes = streams("workload/sizes");
  const chosen = streams("workload/files");
  const size = Float64Array.from({ length: files }, () => drawnSize(recipe.size, sizes));
  const numbers = Uint32Array.from({ length: requests }, (_, request) => request);
  const file = recipe.files === null ? numbers : numbers.map(() => Math.floor(chosen() * files));
  return {
    catalogue: {
      files,
      size,
      digest: Uint32Array.from({ length: files }, (_, row) => row),
      release: new Float64Array(files).fill(Number.NEGATIVE_INFINITY),
      path: (row) => `file-${row}`,
    },
    changes: NO_CHANGES,
    trace: {
      requests,
      time: Float64Array.from(times),
      customer: numbers,
      file,
      bytes: Float64Array.from(file, (row) => size[row]),
      visit: numbers,
      visits: requests,
    },
    customers: requests,
    window: recipe.window,
    notes: [],
  };
}

/** About what `poissonWorkload` makes. */
export function poissonSize({ gap, files, window }: PoissonRecipe): WorkloadSize {
  const requests = Math.ceil(window / gap);
  return { files: files ?? requests, customers: requests, requests };
}

function arrivals({ gap, window }: PoissonRecipe, random: Stream): number[] {
  const times: number[] = [];
  for (let time = exponential(random, gap); time < window; time += exponential(random, gap)) {
    times.push(time);
  }
  return times;
}

/** Whole bytes, and at least one. */
function drawnSize(law: Law, random: Stream): number {
  return Math.max(1, Math.round(draw(law, random)));
}
