/** What an experiment says about a repository that changes: the source of defaults of `sync:`. */
import * as z from "zod";
import { similarityFrom, UNRELATED } from "../../model/rsync/similarity.ts";
import type { SyncSpec } from "./experiment.ts";
import { NOT_NEGATIVE, orElse, POSITIVE, quantity, ratio, SHARE, text } from "./field.ts";
import { withRule } from "./rule.ts";

/** Lengths of the blocks by which experiments tell how alike versions are, in bytes. */
const SMALL_BLOCK = 1024;
const LARGE_BLOCK = 65_536;

/** How far shares may miss the sum of 1, for the sake of thirds. */
const SHARE_TOLERANCE = 1e-9;

const daily = z.strictObject({
  bytes: quantity("size", NOT_NEGATIVE).describe("Bytes that are new every midnight: the median."),
  spread: ratio(NOT_NEGATIVE)
    .prefault(0.6)
    .describe("Standard deviation of the logarithm of those bytes. The default is an assumption."),
});

const sizes = z.strictObject({
  median: quantity("size", POSITIVE)
    .prefault("21.5 kB")
    .describe("Median size of a file in bytes."),
  sigma: ratio(NOT_NEGATIVE)
    .prefault(2.865)
    .describe(
      "Standard deviation of the logarithm of the size. With the default median, 91 % of the files " +
        "are smaller than 1 MB and their mean is 1.3 MB, as the abstract says.",
    ),
  largest: quantity("size", POSITIVE)
    .prefault("4.7 GB")
    .describe("Bytes of the largest file. By default a DVD."),
});

const found = z.strictObject({
  small: ratio(SHARE).describe("Share of the bytes that blocks of 1 KiB find."),
  large: ratio(SHARE).describe("Share of the bytes that blocks of 64 KiB find."),
});

const kind = z
  .strictObject({
    name: text().describe("Name of the kind, for readers."),
    share: ratio(SHARE).describe("Share of the new files; the shares sum to 1."),
    found: orElse(found, null).describe(
      "What rsync finds in the version before. Absent: there is no such version.",
    ),
  })
  .transform(({ name, share, found: shares }) => ({
    name,
    share,
    likeness: shares === null ? null : likenessOf(shares),
  }));

const kinds = withRule(z.array(kind), [], (all, complainAt) => {
  const sum = all.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return;
  complainAt([], { kind: "other", text: `invalid sum of shares: ${+sum.toPrecision(12)}; not 1` });
});

const release = z.strictObject({
  at: quantity("duration", NOT_NEGATIVE).describe("Seconds from the start of the window."),
  bytes: quantity("size", POSITIVE).describe("Bytes of all its files."),
  size: orElse(quantity("size", POSITIVE), null).describe(
    "Bytes of each of its files. Sizes by the law if absent.",
  ),
});

export const updateSchema = z.strictObject({
  daily: daily.prefault({ bytes: 0 }).describe("What is new on an ordinary day."),
  sizes: sizes.prefault({}).describe("Sizes of files: log-normal."),
  bundle: quantity("size", NOT_NEGATIVE)
    .prefault("4 MB")
    .describe("Files of fewer bytes travel together, as many as make up this size."),
  identical: ratio(SHARE)
    .prefault(0.17)
    .describe(
      "Share of the files of 1 MB and more whose content is that of another. " +
        "By default as the abstract says.",
    ),
  kinds: kinds
    .prefault([{ name: "new", share: 1 }])
    .describe("How new files differ from the versions before them."),
  releases: z.array(release).prefault([]).describe("Larger changes, such as a new distribution."),
}) satisfies z.ZodType<SyncSpec>;

/** The law through the two shares; the size matters only where a share is 0 or 1. */
function likenessOf({ small, large }: { readonly small: number; readonly large: number }) {
  if (small === 0) return UNRELATED;
  return similarityFrom(
    { block: SMALL_BLOCK, share: small },
    { block: LARGE_BLOCK, share: large },
    LARGE_BLOCK ** 2,
  );
}
