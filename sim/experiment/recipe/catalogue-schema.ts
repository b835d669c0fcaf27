/** What a recipe says about the repository: the source of every default of `catalogue:`. */
import * as z from "zod";
import type { CatalogueRecipe, DistributionRecipe } from "../../workload/synth/recipe.ts";
import { WEEKDAYS } from "../config/experiment.ts";
import {
  count,
  field,
  oneOf,
  orElse,
  POSITIVE,
  quantity,
  ratio,
  SHARE,
  text,
} from "../config/field.ts";
import { withRule } from "../config/rule.ts";

/** How far shares may miss the sum of 1, for the sake of thirds. */
const SHARE_TOLERANCE = 1e-9;

const distribution = z.strictObject({
  name: text().describe("Name of the distribution; the first folder of its paths."),
  format: oneOf("format", ["rpm", "deb"]).describe("What its packages and paths look like."),
  files: ratio(SHARE).describe("Share of the repository's package files; the shares sum to 1."),
  customers: ratio(SHARE).describe("Share of the customers; the shares sum to 1."),
  releases: names().describe(
    "Its releases, most used first: customers divide among them as demand.suiteExponent says.",
  ),
  architectures: names().describe("Its architectures, most used first, as releases are."),
  updates: oneOf("weekday", WEEKDAYS)
    .prefault("monday")
    .describe("Day of the week on which it releases what is new since the week before."),
  like: orElse(text(), null).describe(
    "Name of a distribution before it from which it derives, and with which it shares packages. " +
      "Its packages are all its own if absent.",
  ),
}) satisfies z.ZodType<DistributionRecipe>;

export const catalogueSchema = z.strictObject({
  files: count({ min: 100, max: 20_000_000 })
    .prefault(2_200_000)
    .describe("Files at scale 1. By default as many as the abstract says (section 2)."),
  bytes: quantity("size", POSITIVE)
    .prefault("2.86 TB")
    .describe("Bytes of all files at scale 1. By default as many as the abstract says (Fig. 1)."),
  small: ratio(SHARE)
    .prefault(0.91)
    .describe("Share of the files that are smaller than 1 MB. By default as the abstract says."),
  identical: ratio(SHARE)
    .prefault(0.17)
    .describe(
      "Share of the files of at least 1 MB that are identical to another under another name. By " +
        "default as the abstract says of large files; large is what it does not call small.",
    ),
  others: ratio(SHARE)
    .prefault(0.33)
    .describe(
      "Share of the files that stand beside packages: headers, signatures, descriptions, patches. " +
        "By default so many that 91 % of all files are under 1 MB where 87 % of packages are, as " +
        "in Debian's index.",
    ),
  versions: ratio({ min: 1, max: 20 })
    .prefault(3)
    .describe(
      "Versions of a package that a release keeps, on average. The default is an assumption: the " +
        "one first published and two updates.",
    ),
  common: ratio(SHARE)
    .prefault(0.6)
    .describe(
      "Share of a derived distribution's packages that it has from its model. The default is an " +
        "assumption; it must be large enough for the identical files.",
    ),
  images: count({ min: 0, max: 100_000 })
    .prefault(500)
    .describe(
      "Images of installation media at scale 1. By default so many that they hold a quarter of " +
        "the bytes, as a log-normal law through the abstract's figures has above 600 MB (24 %).",
    ),
  signature: quantity("size", POSITIVE)
    .prefault("3 kB")
    .describe("Bytes of a suite's repomd.xml or Release. The default is a usual size."),
  packageList: quantity("size", POSITIVE)
    .prefault("800 kB")
    .describe("Bytes of a suite's list of packages. The default is a usual size, compressed."),
  distributions: withDistributionRules(z.array(distribution)).describe(
    "The distributions served; about ten by the abstract. Those that derive from others last.",
  ),
}) satisfies z.ZodType<CatalogueRecipe>;

function names() {
  const json = { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 };
  return field(json, (value, complain): readonly string[] | undefined => {
    const isList = Array.isArray(value) && value.length > 0;
    const isName = (name: unknown) => isText(name) && /^[^\s/]+$/.test(name);
    if (!isList || !value.every(isName)) {
      return complain({ kind: "expected", what: "a list of names without spaces and slashes" });
    }
    const repeated = value.find((name, index) => value.indexOf(name) !== index);
    return repeated === undefined
      ? value
      : complain({ kind: "other", text: `duplicate name: ${repeated}` });
  });
}

function withDistributionRules<Schema extends z.ZodType<readonly DistributionRecipe[]>>(
  schema: Schema,
): Schema {
  const named = withRule(schema, [], (distributions, complainAt) => {
    // Any of the fields may be wrong, and said to be so elsewhere.
    const known = distributions as readonly (Partial<DistributionRecipe> | null)[];
    for (const [index, each] of known.entries()) {
      if (each === null || typeof each !== "object") continue;
      const before = known.slice(0, index);
      if (isText(each.name) && before.some((other) => other?.name === each.name)) {
        complainAt([index, "name"], { kind: "duplicate" });
      }
      const found = each.like;
      if (!isText(found)) continue;
      const models = before.filter(
        (other) => other?.format === each.format && (other?.like ?? null) === null,
      );
      if (models.some((other) => other?.name === found)) continue;
      const what = `original distribution of format ${each.format} before this one`;
      const names = models.flatMap((other) => (isText(other?.name) ? [other.name] : []));
      complainAt([index, "like"], { kind: "unknown", what, found, known: names });
    }
  });
  return withShareRule(withShareRule(named, "files"), "customers");
}

function withShareRule<Schema extends z.ZodType<readonly DistributionRecipe[]>>(
  schema: Schema,
  of: "files" | "customers",
): Schema {
  return withRule(schema, [], (distributions, complainAt) => {
    const shares = distributions.map((each) => (each as DistributionRecipe | null)?.[of]);
    if (!shares.every((share) => typeof share === "number")) return;
    const sum = shares.reduce((total, share) => total + share, 0);
    if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return;
    const text = `invalid sum of ${of}: ${+sum.toPrecision(12)}; not 1`;
    complainAt([], { kind: "other", text });
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
