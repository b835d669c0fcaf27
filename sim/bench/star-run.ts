import { assert } from "../engine/assert.ts";
import { Engine } from "../engine/engine.ts";
import { Network } from "../network/network.ts";
import { STARS, type StarSize, type StarWorkload, starWorkload } from "./star-workload.ts";

/** Known answers are met to within this share. */
const TOLERANCE = 1e-6;

/** Which solver finds the rates: the one of fair shares, or the one that fills whole components. */
export type StarSolver = "fair" | "oracle";

/** Plays a star workload; returns starts and ends for each second of the processor. */
export function runStar(
  size: StarSize,
  workload: StarWorkload = starWorkload(size),
  solver: StarSolver = "fair",
): number {
  const begin = process.cpuUsage();
  const sum = sumOfEnds(workload, solver);
  const { user, system } = process.cpuUsage(begin);
  assertStar(size, sum);
  return (2e6 * workload.start.length) / (user + system);
}

/** Throws unless the transfers ended when they should. */
export function assertStar(size: StarSize, sum: number): void {
  assertSum(`star ${size}`, sum, STARS[size].endSum);
}

export function assertSum(name: string, sum: number, known: number): void {
  assert(Math.abs(sum / known - 1) < TOLERANCE, `${name}: ends sum to ${sum}, not ${known}`);
}

function sumOfEnds(workload: StarWorkload, solver: StarSolver): number {
  const { start, source, customer, bytes } = workload;
  const transfers = start.length;
  const engine = new Engine({ maxEvents: 2 * transfers });
  const network = new Network(engine);
  // A queue, on whatever link, has couplings solved for.
  if (solver === "oracle") network.addLink(1, { queue: 1 });
  const { up, down } = starLinks(network, workload);
  let sum = 0;
  const purpose = network.purpose(() => {
    sum += engine.now;
  });
  const path = [0, 0];
  const spec = { path, bytes: 0, weight: 1, cap: Number.POSITIVE_INFINITY, purpose, owner: 0 };
  const arrive = engine.kind("arrive", (i) => {
    path[0] = up[source[i]];
    path[1] = down[customer[i]];
    spec.bytes = bytes[i];
    spec.owner = i;
    network.start(spec);
    if (i + 1 < transfers) engine.at(start[i + 1], arrive, i + 1);
  });
  engine.at(start[0], arrive, 0);
  engine.drain();
  return sum;
}

/** The links of a star's sources and of its customers. */
export function starLinks(
  network: Network,
  { uplinks, downlinks }: StarWorkload,
): { readonly up: readonly number[]; readonly down: readonly number[] } {
  const up = uplinks.map((capacity) => network.addLink(capacity));
  return { up, down: Array.from(downlinks, (capacity) => network.addLink(capacity)) };
}
