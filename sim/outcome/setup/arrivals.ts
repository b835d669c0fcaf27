import type { WorkloadSpec } from "../../experiment/config/experiment.ts";
import type { CustomersSpec } from "../../model/system.ts";
import { counted } from "./words.ts";

/**
 * Which arrivals wait for the system and which do not.
 *
 * Source: Schroeder, Wierman and Harchol-Balter, Open Versus Closed: A Cautionary Tale, NSDI 2006.
 */
export function arrivalsText(
  workload: WorkloadSpec,
  { parallel }: Pick<CustomersSpec, "parallel">,
): string {
  if ("sync" in workload) {
    return "Nobody downloads: files come at the times of the recipe, whatever the system does (open).";
  }
  if ("poisson" in workload) {
    return "Requests come by chance, each by a customer of its own, whatever the system does (open).";
  }
  const atOnce = counted(parallel, "download");
  if ("release" in workload) {
    return (
      "Visits arrive at times of the workload, whatever the system does (open); within a visit at most " +
      `${atOnce} ${runs(parallel)} at once, and each further one begins when an earlier one has ended ` +
      `(closed). ${PARTLY_OPEN}`
    );
  }
  return (
    "Requests come at the log's times, whatever the system does (open); of one customer at most " +
    `${atOnce} ${runs(parallel)} at once, and each further one begins when an earlier one has ended ` +
    `(closed). ${PARTLY_OPEN} Every replication has the same requests, so that intervals hold no ` +
    "uncertainty of the workload."
  );
}

const PARTLY_OPEN =
  "Such a system is partly open (Schroeder, Wierman and Harchol-Balter, Open Versus Closed: " +
  "A Cautionary Tale, NSDI 2006).";

function runs(parallel: number): string {
  return parallel === 1 ? "runs" : "run";
}
