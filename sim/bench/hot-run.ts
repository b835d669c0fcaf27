import { Engine } from "../engine/engine.ts";
import { Network } from "../network/network.ts";
import { assertSum } from "./star-run.ts";
import { fileBytes, workloadNormal, workloadRandom } from "./workload-random.ts";

export const HOT_CAPACITY = 125e6;

const FLOWS = 100_000;
const IMAGE_SHARE = 0.01;
const IMAGE = 704e6;

/** The sum of the times at which the flows end, by how many there are at once. */
const END_SUMS: Readonly<Record<number, number>> = {
  100: 396_975_803.689207,
  1000: 237_912_322.638876,
  10000: 102_620_752.539193,
};

export function hotBytes(): Float64Array {
  const random = workloadRandom(77);
  return Float64Array.from({ length: FLOWS }, () => {
    const isImage = random() < IMAGE_SHARE;
    const bytes = fileBytes(1e6, workloadNormal(random));
    return isImage ? IMAGE : bytes;
  });
}

/** Throws unless the flows ended when they should. */
export function assertHot(atOnce: number, sum: number): void {
  assertSum(`hot ${atOnce}`, sum, END_SUMS[atOnce]);
}

/**
 * One link with so many flows at once, of which each is followed by the next as it ends; returns
 * starts and ends for each second of the processor.
 */
export function runHot(atOnce: number, bytes: Float64Array): number {
  const begin = process.cpuUsage();
  const engine = new Engine({ maxEvents: 2 * bytes.length });
  const network = new Network(engine);
  let sum = 0;
  let next = 0;
  const purpose = network.purpose(() => {
    sum += engine.now;
    start();
  });
  const path = [network.addLink(HOT_CAPACITY)];
  const spec = { path, bytes: 0, weight: 1, cap: Number.POSITIVE_INFINITY, purpose, owner: 0 };
  const start = () => {
    if (next === bytes.length) return;
    spec.owner = next;
    spec.bytes = bytes[next++];
    network.start(spec);
  };
  for (let i = 0; i < atOnce; i++) start();
  engine.drain();
  const { user, system } = process.cpuUsage(begin);
  assertHot(atOnce, sum);
  return (2e6 * bytes.length) / (user + system);
}
