import type { SystemSpec, VolunteerClass } from "../../model/system.ts";
import { formatSetting } from "../../report/format.ts";
import type { DrawnMachines, Topology } from "../../report/setup-data.ts";
import { conductTexts, sessionsText } from "./machines.ts";
import { percent } from "./words.ts";

/** The server, all classes and what joins them, to be drawn. `customers`: how many; null if unknown. */
export function topologyOf(
  { server, sites, volunteers, customers }: Pick<SystemSpec, Parts>,
  customerCount: number | null,
): Topology {
  return {
    backbone: sites.backbone,
    sites: sites.classes.map(({ name, count, uplink, downlink, rtt }) => {
      return { name, count, uplink, downlink, rtt };
    }),
    machines: [
      {
        ...{ kind: "server", name: "server", count: 1, uplink: server.uplink, downlink: null },
        ...{ site: server.site, traits: server.failures === null ? [] : ["fails at times"] },
      },
      ...customers.classes.map(
        ({ share, downlink, site }): DrawnMachines => ({
          ...{ kind: "customers", name: "customers", site, downlink },
          count: customerCount === null ? null : Math.round(share * customerCount),
          uplink: customers.uploads?.uplink ?? null,
          traits: share === 1 ? [] : [`${percent(share)} of all`],
        }),
      ),
      ...volunteers.map(
        (each): DrawnMachines => ({
          ...{ kind: "volunteers", name: each.name, count: each.count, site: each.site },
          ...{ uplink: each.uplink, downlink: each.downlink, traits: traitsOf(each) },
        }),
      ),
    ],
  };
}

type Parts = "server" | "sites" | "volunteers" | "customers";

function traitsOf({ shared, coverage, disk, sessions, conduct, caches }: VolunteerClass): string[] {
  return [
    ...(shared === Number.POSITIVE_INFINITY
      ? []
      : [`${formatSetting(shared, "bytes/s")} both ways together`]),
    ...(coverage === 1 ? [] : [`covers ${percent(coverage)}`]),
    ...(disk === Number.POSITIVE_INFINITY ? [] : [`disk of ${formatSetting(disk, "bytes")}`]),
    ...(caches ? ["caches"] : []),
    ...(sessions === null ? [] : [sessionsText({ ...sessions, diurnal: 0 })]),
    ...conductTexts(conduct),
  ];
}
