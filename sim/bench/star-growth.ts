import { Engine } from "../engine/engine.ts";
import { Network } from "../network/network.ts";
import { starLinks } from "./star-run.ts";
import type { StarWorkload } from "./star-workload.ts";

/**
 * Seconds of the processor that an event takes with so many transfers under way at all times: as one
 * ends, the next of the workload starts.
 */
export function secondsAtOnce(atOnce: number, workload: StarWorkload, events: number): number {
  const { source, customer, bytes } = workload;
  const engine = new Engine({ maxEvents: bytes.length });
  const network = new Network(engine);
  const { up, down } = starLinks(network, workload);
  let next = 0;
  const start = () => {
    const path = [up[source[next]], down[customer[next]]];
    const size = bytes[next++];
    const cap = Number.POSITIVE_INFINITY;
    network.start({ path, bytes: size, weight: 1, cap, purpose, owner: next });
  };
  let counted = 0;
  let begin = process.cpuUsage();
  let microseconds = 0;
  const purpose = network.purpose(() => {
    // The first ends are those of small files; then as many of each size end as start.
    if (counted === atOnce) begin = process.cpuUsage();
    if (++counted <= atOnce + events / 2) start();
    if (counted !== atOnce + events / 2) return;
    const { user, system } = process.cpuUsage(begin);
    microseconds = user + system;
  });
  for (let i = 0; i < atOnce; i++) start();
  engine.drain();
  return microseconds / 1e6 / events;
}
