/** What an experiment says about volunteers that are not what they seem. */
import * as z from "zod";
import type { Conduct } from "../../model/system.ts";
import { flag, orElse, POSITIVE, quantity, ratio, SHARE } from "./field.ts";
import { withRule } from "./rule.ts";

const conduct = z.strictObject({
  corrupts: ratio(SHARE)
    .prefault(0)
    .describe("Share of whole-file downloads that arrive with wrong bytes."),
  truncates: ratio(SHARE)
    .prefault(0)
    .describe("Share of downloads that end in the middle of the file."),
  stale: flag()
    .prefault(false)
    .describe(
      "Whether they announce new files before they have them, and send the version before.",
    ),
  colludes: flag()
    .prefault(false)
    .describe("Whether all of the class spoil the same files and are honest towards audits."),
  reports: ratio({ min: 0, max: 1000 })
    .prefault(1)
    .describe("What they announce to have uploaded and downloaded, as a ratio of the truth."),
  offers: orElse(quantity("rate", POSITIVE), null).describe(
    "Uplink that they claim to have, in bytes/s. The true one if absent.",
  ),
}) satisfies z.ZodType<Conduct>;

export const conductSchema = withRule(
  conduct,
  [["corrupts"], ["truncates"]],
  ({ corrupts, truncates }, complainAt) => {
    if (corrupts + truncates <= 1) return;
    const rule = `with corrupts of ${corrupts} more than all downloads`;
    complainAt(["truncates"], { kind: "invalid", rule });
  },
);
