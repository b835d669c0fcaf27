import type { LinkId } from "../network/network.ts";
import type { Place } from "../network/sites.ts";
import { PLAIN_VOLUNTEER, type VolunteerFacts } from "../policies/index.ts";
import { type Machine, machinesOf } from "./machines.ts";
import type { SiteClass, SitesSpec } from "./system.ts";

/** One site: where machines stand. */
export interface Site extends Machine<SiteClass> {
  /** Among all sites. */
  readonly number: number;
  readonly place: Place;
  /** What the server knows of the machines in it by their addresses. */
  readonly facts: VolunteerFacts;
}

/** Each site gets a network of 16 bits: 10.0.0.0/16, 10.1.0.0/16, and so on. */
function networkOf(number: number): string {
  return `${10 + (number >> 8)}.${number & 255}.0.0/16`;
}

/** The sites of a system, and the backbone between them. */
export class Sites {
  readonly backbone: Place;
  readonly all: readonly Site[];
  readonly #byClass: ReadonlyMap<string, readonly Site[]>;

  /** `addLink` makes a link of that capacity, or none where there is no limit. */
  constructor({ classes, backbone }: SitesSpec, addLink: (capacity: number) => LinkId | null) {
    const within = addLink(backbone);
    this.backbone = { parent: null, up: null, down: null, ...(within !== null && { within }) };
    this.all = machinesOf(classes).map((machine, number): Site => {
      const { spec, index } = machine;
      const [up, down] = [addLink(spec.uplink), addLink(spec.downlink)];
      const place = { parent: this.backbone, up, down };
      return { ...machine, number, place, facts: factsOf(spec, index, number) };
    });
    this.#byClass = new Map(
      classes.map(({ name }) => [name, this.all.filter(({ spec }) => spec.name === name)]),
    );
  }

  /** The site of the `number`-th machine of a class of machines; null where it names none. */
  of(className: string | null, number: number): Site | null {
    const sites = className === null ? undefined : this.#byClass.get(className);
    return sites === undefined ? null : sites[number % sites.length];
  }
}

function factsOf({ name, count, where }: SiteClass, index: number, number: number): VolunteerFacts {
  const { asNumber, country, region, continent, position } = where;
  return {
    ...PLAIN_VOLUNTEER,
    site: count === 1 ? name : `${name} ${index}`,
    network: networkOf(number),
    asNumbers: asNumber === 0 ? [] : [asNumber],
    countries: country === "" ? [] : [country],
    region,
    continents: continent === "" ? [] : [continent],
    position,
  };
}
