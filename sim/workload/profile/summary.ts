import { type AccessTrace, FILE_KINDS } from "../trace/trace.ts";
import { type FlashCrowd, flashCrowdsOf } from "./crowds/flash-crowds.ts";
import { type DuplicateRow, LARGE, profileDuplicates } from "./duplicates.ts";
import { type FileTally, tallyFiles } from "./file-tally.ts";
import { type KindRow, profileKinds } from "./kinds.ts";
import { type Releases, releasesOf } from "./releases.ts";
import { profileSizes, type SizeProfile } from "./sizes.ts";

const DAY = 86_400;

const PACKAGE = FILE_KINDS.indexOf("package");
const IMAGE = FILE_KINDS.indexOf("image");

/** The figures of the abstract's section 2. Shares are from 0 to 1, null where the trace does not tell. */
export interface AccessSummary {
  readonly kind: "access";
  readonly days: number;
  /** Unix time of the start in seconds; null for a trace without a date. */
  readonly epoch: number | null;
  readonly files: number;
  readonly bytes: number;
  /** Null where distributions are unknown. */
  readonly distributions: number | null;
  readonly shareUnder1MB: number | null;
  /** Share of the files of at least `largeFrom` bytes that are identical to another. */
  readonly largeDuplicateShare: number | null;
  readonly largeFrom: number;
  readonly requests: number;
  readonly uploadBytes: number;
  /** Share of the bytes delivered that are of images. */
  readonly isoUploadShare: number | null;
  /**
   * Share of the requests that are for packages released within the window: what machines update
   * to. Null where release times are unknown.
   */
  readonly updateRequestShare: number | null;
  /** Moments in the window at which a distribution released something. */
  readonly releases: number;
  readonly flashCrowds: readonly FlashCrowd[];
  /** Seconds of the bins in which crowds were looked for. */
  readonly crowdBin: number;
  readonly kinds: readonly KindRow[];
  readonly sizes: SizeProfile;
  readonly duplicates: readonly DuplicateRow[] | null;
}

/** The summary of a trace, in less time than its profile takes. */
export function summarizeAccess(
  trace: AccessTrace,
  tally: FileTally = tallyFiles(trace),
  releases: Releases = releasesOf(trace.catalogue, tally),
): AccessSummary {
  const { catalogue } = trace;
  const kinds = profileKinds(catalogue, tally);
  const sizes = profileSizes(catalogue.size);
  const duplicates = profileDuplicates(catalogue);
  const large = duplicates?.find(({ from }) => from === LARGE);
  const crowds = flashCrowdsOf(trace, releases);
  const uploadBytes = total(kinds, (row) => row.uploadBytes);
  return {
    kind: "access",
    days: trace.window / DAY,
    epoch: trace.epoch,
    files: catalogue.files,
    bytes: total(kinds, (row) => row.bytes),
    distributions: catalogue.distributionOf.length === 0 ? null : catalogue.distributions.length,
    shareUnder1MB: sizes.shareUnder1MB,
    largeDuplicateShare: large === undefined ? null : share(large.identical, large.files),
    largeFrom: LARGE,
    requests: trace.requests.requests,
    uploadBytes,
    isoUploadShare: share(kinds[IMAGE].uploadBytes, uploadBytes),
    updateRequestShare: updateShare(trace, tally, releases),
    releases: releases.releases.length,
    flashCrowds: crowds.crowds,
    crowdBin: crowds.bin,
    kinds,
    sizes,
    duplicates,
  };
}

function updateShare(
  { catalogue, requests }: AccessTrace,
  tally: FileTally,
  { releases, releaseOf }: Releases,
): number | null {
  if (releases.length === 0) return null;
  let updates = 0;
  for (let file = 0; file < catalogue.files; file++) {
    if (releaseOf[file] > 0 && catalogue.kind[file] === PACKAGE) updates += tally.requests[file];
  }
  return share(updates, requests.requests);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function total<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
