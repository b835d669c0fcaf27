/** What an experiment says about its requests: the source of every default of `workload:`. */
import * as z from "zod";
import type { ChangeRecipe } from "../../workload/changes.ts";
import { changesSchema } from "./changes-schema.ts";
import {
  type ImagesSpec,
  type LogSpec,
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
    customers: count({ min: 1, max: 100_000_000 }).describe("Customers who want the release."),
    firstDay: ratio(SHARE)
      .prefault(0.8)
      .describe("Share of those customers who come within a day of the release."),
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

  const workload = z.strictObject({
    release: release.optional().describe("A flash crowd after a release. Either this or a log."),
    log: log.optional().describe("An access log to be replayed. Either this or a release."),
    sync: updateSchema
      .optional()
      .describe("A repository that changes, and nobody downloads. In place of release and log."),
    changes: changesSchema
      .optional()
      .describe("Files that get other bytes under the same name. None if absent."),
    window: orElse(quantity("duration", POSITIVE), null).describe(
      "Seconds of requests to simulate. Needed with a release or sync; as long as the log if absent.",
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
  readonly sync?: SyncSpec | undefined;
  readonly changes?: ChangeRecipe | undefined;
  readonly window: number | null;
}

function sourceOf({ release, log, sync, changes }: Workload): WorkloadSpec {
  const also = changes === undefined ? {} : { changes };
  if (release !== undefined) return { release, ...also };
  return (sync === undefined ? { log, ...also } : { sync, ...also }) as WorkloadSpec;
}

function withSourceRules<Schema extends z.ZodType<Workload>>(schema: Schema): Schema {
  const one = withRule(schema, [], ({ release, log, sync }, complainAt) => {
    if (release === undefined && log === undefined && sync === undefined) {
      complainAt([], { kind: "other", text: "missing release, log or sync" });
    }
    if (release !== undefined && log !== undefined) {
      complainAt(["log"], { kind: "other", text: "expected release or log; got both" });
    }
    if (sync !== undefined && (release !== undefined || log !== undefined)) {
      complainAt(["sync"], { kind: "other", text: "expected sync alone; got another beside it" });
    }
  });
  const long = withRule(one, [["window"]], ({ release, sync, window }, complainAt) => {
    const isNeeded = release !== undefined || sync !== undefined;
    if (isNeeded && window === null) complainAt(["window"], { kind: "missing" });
  });
  const timely = withRule(long, [["window"], ["sync"]], ({ sync, window }, complainAt) => {
    if (window === null) return;
    for (const [index, { at }] of (sync?.releases ?? []).entries()) {
      const rule = `not in [0, ${window}) seconds`;
      if (at >= window) complainAt(["sync", "releases", index, "at"], { kind: "invalid", rule });
    }
  });
  return withRule(timely, [["window"], ["release", "at"]], ({ release, window }, complainAt) => {
    if (release === undefined || window === null || release.at < window) return;
    complainAt(["release", "at"], { kind: "invalid", rule: `not in [0, ${window}) seconds` });
  });
}

/** Of a release the time and the files of the first change are known; of others they must be said. */
function withChangesRules<Schema extends z.ZodType<Workload>>(schema: Schema): Schema {
  const said = withRule(schema, [["changes"]], ({ release, sync, changes }, complainAt) => {
    if (release !== undefined || changes === undefined) return;
    const { match, share, first, every } = changes;
    if (first === null && every === null) {
      complainAt(["changes"], { kind: "other", text: "missing first or every" });
    }
    if (sync === undefined || share !== null) return;
    // Its files have numbers for names.
    if (match === null) complainAt(["changes", "share"], { kind: "missing" });
    else complainAt(["changes", "match"], { kind: "other", text: "expected share, with sync" });
  });
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
