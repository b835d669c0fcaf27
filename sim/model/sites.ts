import type { LinkId } from "../network/network.ts";
import type { Place } from "../network/sites.ts";
import type { SiteClass, SitesSpec } from "./system.ts";

/** One site: where machines stand. */
export interface Site {
  /** Its class's name, with its number where there are several: `department 3`. */
  readonly name: string;
  readonly spec: SiteClass;
  readonly place: Place;
}

/** The sites of a system, and the backbone between them. */
export class Sites {
  readonly backbone: Place;
  readonly all: readonly Site[];
  /** By class, in the order of their numbers. */
  readonly #byClass = new Map<string, readonly Site[]>();

  /** `addLink` makes a link of that capacity, or none where there is no limit. */
  constructor(spec: SitesSpec, addLink: (capacity: number) => LinkId | null) {
    const backbone = addLink(spec.backbone);
    this.backbone = {
      parent: null,
      up: null,
      down: null,
      ...(backbone !== null && { within: backbone }),
    };
    for (const site of spec.classes) {
      const sites = Array.from({ length: site.count }, (_, number) => ({
        name: site.count === 1 ? site.name : `${site.name} ${number}`,
        spec: site,
        place: {
          parent: this.backbone,
          up: addLink(site.uplink),
          down: addLink(site.downlink),
        },
      }));
      this.#byClass.set(site.name, sites);
    }
    this.all = [...this.#byClass.values()].flat();
  }

  /** The site of the `number`-th machine of a class of machines; null where it names none. */
  of(className: string | null, number: number): Site | null {
    const sites = className === null ? undefined : this.#byClass.get(className);
    return sites === undefined ? null : sites[number % sites.length];
  }
}
