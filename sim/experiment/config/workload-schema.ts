/** What an experiment says about its requests: the source of every default of `workload:`. */
import * as z from "zod";
import type { ChangeRecipe } from "../../workload/changes.ts";
import { changesSchema } from "./changes-schema.ts";
import {
  type ImagesSpec,
  type LogSpec,
  type PoissonSpec,
  type ReleaseSpec,
  type SyncSpec,
  WEEKDAYS,
  type WorkloadSpec,
} from "./experiment.ts";
import {
  count,
  field,
  NOT_NEGATIVE,
  oneOf,
  orElse,
  POSITIVE,
  quantity,
  ratio,
  SHARE,
} from "./field.ts";
import type { Locate } from "./input-file.ts";
import { law } from "./law-field.ts";
import { withRule } from "./rule.ts";
import { updateSchema } from "./update-schema.ts";

const images = z.strictObject({
  count: count({ min: 1, max: 1000 })
    .prefault(1)
    .describe("Images that are released with the updates; each is as likely to be asked for."),
  size: quantity("size", POSITIVE).describe("Bytes of one image."),
  share: ratio(SHARE).describe(
    "Share of those customers who come for one image, and for no updates.",
  ),
}) satisfies z.ZodType<ImagesSpec>;

export function workloadSchema(locate: Locate) {
  const release = z.strictObject({
    catalogue: inputFile(locate).describe("Path of the catalogue of files."),
    curve: inputFile(locate).describe("Path of the curve of downloads after a release."),
    at: quantity("duration", NOT_NEGATIVE).describe(
      "Seconds from the start of the window to the release.",
    ),
    announced: quantity("duration", NOT_NEGATIVE)
      .prefault(0)
      .describe(
        "Seconds from the release to the moment at which customers hear of it: mirrors may fetch it before.",
      ),
    customers: count({ min: 1, max: 100_000_000 }).describe("Customers who want the release."),
    firstDay: ratio(SHARE)
      .prefault(0.8)
      .describe("Share of those customers who come within a day of hearing of it."),
    background: ratio(NOT_NEGATIVE)
      .prefault(0.005)
      .describe(
        "New machines a day, as a ratio of the number of customers; each installs everything once.",
      ),
    weekday: oneOf("weekday", WEEKDAYS)
      .prefault("monday")
      .describe("Day of the week on which the window starts."),
    images: images.optional().describe("Installation images released beside them. None if absent."),
  }) satisfies z.ZodType<ReleaseSpec>;

  const log = z.strictObject({
    file: inputFile(locate).describe("Path of the access log, compressed or not."),
    maxBad: ratio(SHARE)
      .prefault(0.01)
      .describe("Share of the lines that may be unreadable before the log is refused."),
  }) satisfies z.ZodType<LogSpec>;

  const poisson = z.strictObject({
    gap: quantity("duration", POSITIVE).describe(
      "Mean seconds between two requests, which come as a Poisson process.",
    ),
    size: law("size").describe("Bytes of a file: a mean (exponential), or a law."),
    files: orElse(count({ min: 1, max: 10_000_000 }), null).describe(
      "Files that requests draw from evenly. Each request has a file of its own if absent.",
    ),
  }) satisfies z.ZodType<PoissonSpec>;

  const workload = z.strictObject({
    release: release.optional().describe("A flash crowd after a release."),
    log: log.optional().describe("An access log to be replayed, in place of a release."),
    poisson: poisson
      .optional()
      .describe("Requests by chance, each by a customer of its own, in place of a release."),
    sync: updateSchema
      .optional()
      .describe("A repository that changes, and nobody downloads, in place of a release."),
    changes: changesSchema
      .optional()
      .describe("Files that get other bytes under the same name. None if absent."),
    window: orElse(quantity("duration", POSITIVE), null).describe(
      "Seconds of requests to simulate. Needed but with a log, and as long as that if absent.",
    ),
  });
  return withChangesRules(withSourceRules(workload)).transform((given) => ({
    spec: sourceOf(given),
    window: given.window,
  }));
}

interface Workload {
  readonly release?: ReleaseSpec | undefined;
  readonly log?: LogSpec | undefined;
  readonly poisson?: PoissonSpec | undefined;
  readonly sync?: SyncSpec | undefined;
  readonly changes?: ChangeRecipe | undefined;
  readonly window: number | null;
}

function sourceOf({ release, log, poisson, sync, changes }: Workload): WorkloadSpec {
  const also = changes === undefined ? {} : { changes };
  if (release !== undefined) return { release, ...also };
  if (poisson !== undefined) return { poisson, ...also };
  return (sync === undefined ? { log, ...also } : { sync, ...also }) as WorkloadSpec;
}

function withSourceRules<Schema extends z.ZodType<Workload>>(schema: Schema): Schema {
  const one = withRule(schema, [], ({ release, log, poisson, sync }, complainAt) => {
    const given = [release, log, poisson, sync].filter((source) => source !== undefined).length;
    if (given === 0) {
      complainAt([], { kind: "other", text: "missing release, log, poisson or sync" });
    }
    if (release !== undefined && log !== undefined) {
      complainAt(["log"], { kind: "other", text: "expected release or log; got both" });
    }
    for (const [name, source] of Object.entries({ poisson, sync })) {
      if (source === undefined || given === 1) continue;
      const text = `expected ${name} alone; got another beside it`;
      complainAt([name], { kind: "other", text });
    }
  });
  const long = withRule(one, [["window"]], ({ release, poisson, sync, window }, complainAt) => {
    const isNeeded = [release, poisson, sync].some((source) => source !== undefined);
    if (isNeeded && window === null) complainAt(["window"], { kind: "missing" });
  });
  const timely = withRule(long, [["window"], ["sync"]], ({ sync, window }, complainAt) => {
    if (window === null) return;
    for (const [index, { at }] of (sync?.releases ?? []).entries()) {
      const rule = `not in [0, ${window}) seconds`;
      if (at >= window) complainAt(["sync", "releases", index, "at"], { kind: "invalid", rule });
    }
  });
  const released = withRule(
    timely,
    [["window"], ["release", "at"]],
    ({ release, window }, complainAt) => {
      if (release === undefined || window === null || release.at < window) return;
      complainAt(["release", "at"], { kind: "invalid", rule: `not in [0, ${window}) seconds` });
    },
  );
  const both = [["window"], ["release", "at"], ["release", "announced"]];
  return withRule(released, both, ({ release, window }, complainAt) => {
    if (release === undefined || window === null || release.at >= window) return;
    if (release.at + release.announced < window) return;
    const rule = `not in [0, ${window - release.at}) seconds, when the window is over`;
    complainAt(["release", "announced"], { kind: "invalid", rule });
  });
}

/** Of a release the time and the files of the first change are known; of others they must be said. */
function withChangesRules<Schema extends z.ZodType<Workload>>(schema: Schema): Schema {
  const said = withRule(
    schema,
    [["changes"]],
    ({ release, poisson, sync, changes }, complainAt) => {
      if (release !== undefined || changes === undefined) return;
      const { match, share, first, every } = changes;
      if (first === null && every === null) {
        complainAt(["changes"], { kind: "other", text: "missing first or every" });
      }
      const named = [poisson, sync].every((source) => source === undefined);
      if (named || share !== null) return;
      // Their files have numbers for names.
      if (match === null) complainAt(["changes", "share"], { kind: "missing" });
      else
        complainAt(["changes", "match"], {
          kind: "other",
          text: `expected share, with ${sync === undefined ? "poisson" : "sync"}`,
        });
    },
  );
  return withRule(said, [["changes"], ["window"]], ({ changes, window }, complainAt) => {
    const first = changes?.first ?? null;
    if (first === null || window === null || first < window) return;
    complainAt(["changes", "first"], { kind: "invalid", rule: `not in [0, ${window}) seconds` });
  });
}

/** The path of a file that exists, resolved to where it can be opened. */
function inputFile(locate: Locate) {
  return field({ type: "string", minLength: 1 }, (value, complain) => {
    if (typeof value !== "string" || value === "") {
      return complain({ kind: "expected", what: "the path of a file" });
    }
    const located = locate(value);
    return "found" in located ? located.found : complain(located.complaint);
  });
}
