import { ALL_FILES, type FileSet, type Offer, type Whereabouts } from "../coordinator/index.ts";
import type { VolunteerFacts } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/** Tells the coordinator where customers may be, and what each volunteer offers. */
export function introduce(
  coordination: Coordination,
  volunteers: Volunteers,
  topology: Topology,
  catalogue: Catalogue,
): void {
  const firstOf = firstVersions(catalogue);
  coordination.tell((coordinator, now) => {
    for (const { number, facts } of topology.sites.all) {
      coordinator.locate(number + 1, whereaboutsOf(facts), now);
    }
    for (let volunteer = 0; volunteer < volunteers.count; volunteer++) {
      const covers = coverOf(volunteer, volunteers, catalogue.files, firstOf);
      coordinator.register(volunteer, offerOf(volunteer, volunteers, topology, covers), now);
    }
  });
}

/** What a table of addresses tells of machines at a site. */
function whereaboutsOf(facts: VolunteerFacts): Whereabouts {
  const { site, network, asNumbers, countries, region, continents, position } = facts;
  const [asNumber = 0] = asNumbers;
  const [country = ""] = countries;
  const [continent = ""] = continents;
  return { site, networks: [network], asNumber, country, region, continent, position };
}

function offerOf(
  volunteer: number,
  { classes }: Volunteers,
  topology: Topology,
  covers: FileSet,
): Offer {
  const { uplink, deliveries, site } = topology.volunteers[volunteer];
  const able = topology.idleRate(deliveries === null ? [uplink] : [uplink, deliveries]);
  const { conduct, caches, shared, disk, sessions, weight } = classes[volunteer];
  const upTime = sessions === null ? 1 : sessions.up.mean;
  const downTime = sessions === null ? 0 : sessions.down.mean;
  return {
    uplink: conduct.offers ?? able,
    shared,
    facts: { ...site?.facts, weight },
    caches,
    disk,
    volatile: sessions !== null,
    availability: upTime / (upTime + downTime),
    covers,
  };
}

/** A mirror that covers a file covers all its versions, and so what it covers of the first. */
function coverOf(
  volunteer: number,
  volunteers: Volunteers,
  files: number,
  firstOf: (file: number) => number,
): FileSet {
  if (volunteers.classes[volunteer].coverage >= 1) return ALL_FILES;
  const bitmap = new Uint32Array(Math.ceil(files / 32));
  for (let file = 0; file < files; file++) {
    if (volunteers.covers(volunteer, firstOf(file))) bitmap[file >>> 5] |= 1 << (file & 31);
  }
  return { bitmap };
}

function firstVersions({ earlier, files }: Catalogue): (file: number) => number {
  if (earlier === undefined) return (file) => file;
  let known: Uint32Array | null = null;
  const first = (file: number): number => {
    let of = file;
    for (let at = earlier(of); at !== null; at = earlier(of)) of = at.file;
    return of;
  };
  return (file) => {
    known ??= Uint32Array.from({ length: files }, (_, of) => first(of));
    return known[file];
  };
}
