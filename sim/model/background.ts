import type { Engine } from "../engine/engine.ts";
import { Background } from "../network/background.ts";
import type { LinkId, Network } from "../network/network.ts";
import { initialCount, volunteersOf } from "./machines.ts";
import type { BackgroundTraffic, RateByDay, SystemSpec } from "./system.ts";
import type { Topology } from "./topology.ts";

const DAY = 86_400;

/**
 * Plays the traffic of others on the links of the server, the sites and those volunteers that are there
 * from the start; of others it is begun by the function that is returned, when they come.
 */
export function playBackground(
  system: SystemSpec,
  topology: Topology,
  engine: Engine,
  network: Network,
): (volunteer: number) => void {
  const background = new Background(engine, network);
  const play = (link: LinkId | null, steps: RateByDay | null) => {
    if (link === null || steps === null) return;
    background.play({ link, steps, period: DAY }, engine.now);
  };
  const playBoth = (
    { uplink, downlink }: { readonly uplink: LinkId | null; readonly downlink: LinkId | null },
    traffic: BackgroundTraffic,
  ) => {
    play(uplink, traffic.uplink);
    play(downlink, traffic.downlink);
  };
  const machines = volunteersOf(system);
  const playOf = (volunteer: number) =>
    playBoth(topology.volunteers[volunteer], machines[volunteer].spec.background);
  play(topology.server, system.server.background.uplink);
  for (let volunteer = 0; volunteer < initialCount(system); volunteer++) playOf(volunteer);
  for (const { place, spec } of topology.sites.all) {
    playBoth({ uplink: place.up, downlink: place.down }, spec.background);
  }
  return playOf;
}
