import type { Stream } from "../../engine/random.ts";
import { type Bound, type ChunkSize, type ChunkSizeView, SERVER } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Method, Plan, Wanted } from "./plan.ts";
import type { Pull } from "./pull.ts";

export interface PlanningWorld {
  readonly catalogue: Catalogue;
  readonly spec: Pick<SynchronisationSpec, "batch">;
  readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
  readonly random: Stream;
}

/** What it takes to fetch a volunteer's next file, and with it those behind that come in one go. */
export function nextPlan(
  { catalogue, spec, chunkSize, random }: PlanningWorld,
  method: Method,
  volunteer: number,
  { wanted, next, from, kept }: Pull,
): Plan {
  const wants = (at: number, there: number): Wanted => {
    const file = wanted[at];
    const size = catalogue.size[file];
    const view = method.chunkView(volunteer, file, size);
    const { chunkSize: chunk } = chunkSize.decide(view, random);
    return { volunteer, file, missing: size - there, chunk };
  };
  const first = wants(next, kept);
  if (method.planTogether === undefined || from !== SERVER) return method.plan(first);
  const files = [first];
  let bytes = catalogue.size[wanted[next]];
  for (let at = next + 1; at < wanted.length && bytes < spec.batch; at++) {
    files.push(wants(at, 0));
    bytes += catalogue.size[wanted[at]];
  }
  return files.length === 1 ? method.plan(first) : method.planTogether(volunteer, files);
}
