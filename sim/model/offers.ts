import { ALL_FILES, type FileSet, type Offer, type Whereabouts } from "../coordinator/index.ts";
import type { VolunteerFacts } from "../policies/index.ts";
import type { Catalogue } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/** What volunteers offer, and what the coordinator is told of it. */
export class Offers {
  readonly #coordination: Coordination;
  readonly #volunteers: Volunteers;
  readonly #topology: Topology;
  readonly #catalogue: Catalogue;
  readonly #firstOf: (file: number) => number;
  /** Those whose links have changed since they last said what they offer. */
  readonly #outdated = new Set<number>();

  constructor(
    coordination: Coordination,
    volunteers: Volunteers,
    topology: Topology,
    catalogue: Catalogue,
  ) {
    this.#coordination = coordination;
    this.#volunteers = volunteers;
    this.#topology = topology;
    this.#catalogue = catalogue;
    this.#firstOf = firstVersions(catalogue);
  }

  /** Tells where customers may be, and what each volunteer offers that is there from the start. */
  introduce(): void {
    this.#coordination.tell((coordinator, now) => {
      for (const { number, facts } of this.#topology.sites.all) {
        coordinator.locate(number + 1, whereaboutsOf(facts), now);
      }
      for (let volunteer = 0; volunteer < this.#volunteers.initial; volunteer++) {
        coordinator.register(volunteer, this.#offerOf(volunteer), now);
      }
    });
  }

  /** Tells what the volunteer offers now. */
  register(volunteer: number): void {
    this.#outdated.delete(volunteer);
    const offer = this.#offerOf(volunteer);
    this.#coordination.tell((coordinator, now) => coordinator.register(volunteer, offer, now));
  }

  /** The volunteer's links have changed: it will say so with its next announce. */
  outdate(volunteer: number): void {
    this.#outdated.add(volunteer);
  }

  /** The volunteer announces itself. */
  renew(volunteer: number): void {
    if (this.#outdated.has(volunteer)) this.register(volunteer);
  }

  #offerOf(volunteer: number): Offer {
    const covers = coverOf(volunteer, this.#volunteers, this.#catalogue.files, this.#firstOf);
    return offerOf(volunteer, this.#volunteers, this.#topology, covers);
  }
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
