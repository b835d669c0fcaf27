import type { Background } from "../network/background.ts";
import type { LinkId } from "../network/network.ts";
import { machinesOf } from "./machines.ts";
import type { BackgroundTraffic, RateByDay, SystemSpec } from "./system.ts";
import type { Topology } from "./topology.ts";

const DAY = 86_400;

/** Plays the traffic of others on the links of the server, the volunteers and the sites. */
export function playBackground(
  { server, volunteers }: SystemSpec,
  topology: Topology,
  background: Background,
): void {
  const play = (link: LinkId | null, steps: RateByDay | null) => {
    if (link !== null && steps !== null) background.play({ link, steps, period: DAY });
  };
  const playBoth = (
    { uplink, downlink }: { readonly uplink: LinkId | null; readonly downlink: LinkId | null },
    traffic: BackgroundTraffic,
  ) => {
    play(uplink, traffic.uplink);
    play(downlink, traffic.downlink);
  };
  play(topology.server, server.background.uplink);
  for (const [volunteer, { spec }] of machinesOf(volunteers).entries()) {
    playBoth(topology.volunteers[volunteer], spec.background);
  }
  for (const { place, spec } of topology.sites.all) {
    playBoth({ uplink: place.up, downlink: place.down }, spec.background);
  }
}
