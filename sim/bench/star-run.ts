import { assert } from "../engine/assert.ts";
import { Engine } from "../engine/engine.ts";
import { Network } from "../network/network.ts";
import { STARS, type StarSize, type StarWorkload, starWorkload } from "./star-workload.ts";

/** Known answers are met to within this share. */
export const TOLERANCE = 1e-6;

/** What a run took; an event is the start or the end of a transfer. */
export interface StarRun {
  readonly events: number;
  readonly seconds: number;
}

/** Plays a star workload; throws if its transfers do not end when they should. */
export function runStar(size: StarSize, workload: StarWorkload = starWorkload(size)): StarRun {
  const transfers = workload.start.length;
  const begin = process.cpuUsage();
  const sum = sumOfEnds(workload);
  const { user, system } = process.cpuUsage(begin);
  const seconds = (user + system) / 1e6;
  const known = STARS[size].endSum;
  assert(Math.abs(sum / known - 1) < TOLERANCE, `star ${size}: ends sum to ${sum}, not ${known}`);
  return { events: 2 * transfers, seconds };
}

function sumOfEnds({ uplinks, downlinks, start, source, customer, bytes }: StarWorkload): number {
  const transfers = start.length;
  const engine = new Engine({ maxEvents: 10 * transfers });
  const network = new Network(engine);
  const up = uplinks.map((capacity) => network.addLink(capacity));
  const down = Array.from(downlinks, (capacity) => network.addLink(capacity));
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
