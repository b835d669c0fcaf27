/** What an experiment says about the networks that machines stand in. */
import * as z from "zod";
import type { SitesSpec } from "../../model/system.ts";
import { backgroundTraffic } from "./background-field.ts";
import { count, NOT_NEGATIVE, orElse, POSITIVE, quantity, text } from "./field.ts";
import { withoutDuplicates } from "./rule.ts";

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
