/** What an experiment says about the networks that machines stand in. */
import * as z from "zod";
import type { SitesSpec, Whereabouts } from "../../model/system.ts";
import { backgroundTraffic } from "./background-field.ts";
import { count, NOT_NEGATIVE, orElse, POSITIVE, quantity, ratio, text } from "./field.ts";
import { onOff } from "./law-field.ts";
import { withoutDuplicates } from "./rule.ts";

const position = z.strictObject({
  latitude: ratio({ min: -90, max: 90 }).describe("Degrees north."),
  longitude: ratio({ min: -180, max: 180 }).describe("Degrees east."),
});

export const whereSchema = z.strictObject({
  asNumber: count({ min: 0, max: 2 ** 32 - 1 })
    .prefault(0)
    .describe("Number of the autonomous system; 0 if unknown."),
  country: place("ISO 3166 code of the country."),
  region: place("Group of countries that the operator has named."),
  continent: place("Two-letter code of the continent."),
  position: orElse(position, null).describe("Position. Unknown if absent."),
}) satisfies z.ZodType<Whereabouts>;

function place(description: string) {
  return orElse(text(), "").describe(`${description} Unknown if absent.`);
}

const siteClass = z.strictObject({
  name: text().describe("Name of the class, by which machines refer to it."),
  count: count({ min: 1, max: 100_000 })
    .prefault(1)
    .describe("Sites in the class. Machines that name it are spread over them in turn."),
  uplink: unlimited("What a site can send to others, in bytes/s. No such limit if absent."),
  downlink: unlimited("What a site can receive from others, in bytes/s. No such limit if absent."),
  rtt: quantity("duration", NOT_NEGATIVE)
    .prefault(0)
    .describe("Round-trip time from the site to the backbone, added to the machines' own."),
  failures: onOff("When all volunteers in it are off line together. Never if absent."),
  where: whereSchema
    .prefault({})
    .describe("Where it is, as tables of addresses tell a redirector."),
  background: backgroundTraffic,
});

export const sitesSchema = z
  .strictObject({
    classes: withoutDuplicates(z.array(siteClass), "name")
      .prefault([])
      .describe("Classes of sites, each alike in their links."),
    backbone: unlimited(
      "What all that passes between sites shares, in bytes/s. No such limit if absent.",
    ),
  })
  .prefault({})
  .describe("Departments or campuses that machines stand in.") satisfies z.ZodType<SitesSpec>;

/** The name of a class of sites; whether it is one is a rule of the whole system. */
export function siteName() {
  return orElse(text(), null).describe(
    "Class of sites it stands in. A place of its own on the backbone if absent.",
  );
}

export function unlimited(description: string) {
  return orElse(quantity("rate", POSITIVE), Number.POSITIVE_INFINITY).describe(description);
}
