import { type AccessTrace, type DetailedCatalogue, FILE_KINDS } from "../trace/trace.ts";
import { type AnswersProfile, profileAnswers } from "./answers.ts";
import { type FlashCrowd, flashCrowdsOf } from "./crowds/flash-crowds.ts";
import { type CustomersProfile, profileCustomers } from "./customers.ts";
import { type DuplicateRow, LARGE, profileDuplicates } from "./duplicates.ts";
import { type FileTally, tallyFiles } from "./file-tally.ts";
import { type KindRow, profileKinds } from "./kinds.ts";
import { type PopularityProfile, profilePopularity } from "./popularity/popularity.ts";
import { type Release, type Releases, releasesOf } from "./releases.ts";
import { profileReuse, type ReuseProfile } from "./reuse.ts";
import { type RhythmProfile, rhythmOf } from "./rhythm.ts";
import { type Course, courseOf } from "./series.ts";
import { profileSizes, type SizeProfile } from "./sizes.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

const PACKAGE = FILE_KINDS.indexOf("package");
const IMAGE = FILE_KINDS.indexOf("image");

/** Releases told one by one, those with the most requests. */
const MOST_RELEASES = 100;

/**
 * What a trace of downloads says, in the terms of the abstract's section 2: plain data that JSON
 * can hold. Shares are from 0 to 1, null where the trace does not tell.
 */
export interface AccessProfile {
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
  readonly popularity: PopularityProfile;
  /** Of packages alone; null where no file is known to be one. */
  readonly packagePopularity: PopularityProfile | null;
  readonly reuse: ReuseProfile;
  readonly hourly: Course;
  readonly daily: Course;
  readonly rhythm: RhythmProfile;
  readonly customers: CustomersProfile;
  readonly answers: AnswersProfile;
  /** The releases with the most requests, in order of time. */
  readonly releaseList: readonly Release[];
}

/**
 * Profiles a trace in a few passes; memory grows with files, customers, visits and bins, not with
 * requests.
 */
export function profileAccess(trace: AccessTrace): AccessProfile {
  const { catalogue } = trace;
  const tally = tallyFiles(trace);
  const kinds = profileKinds(catalogue, tally);
  const sizes = profileSizes(catalogue.size);
  const duplicates = profileDuplicates(catalogue);
  const large = duplicates?.find(({ from }) => from === LARGE);
  const releases = releasesOf(catalogue, tally);
  const crowds = flashCrowdsOf(trace, releases);
  const hourly = courseOf(trace, HOUR);
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
    popularity: profilePopularity(tally.requests),
    packagePopularity: kinds[PACKAGE].files === 0 ? null : packagePopularity(catalogue, tally),
    reuse: profileReuse(trace, tally),
    hourly,
    daily: courseOf(trace, DAY),
    rhythm: rhythmOf(hourly.requests, trace.epoch),
    customers: profileCustomers(trace),
    answers: profileAnswers(trace),
    releaseList: mostRequested(releases.releases),
  };
}

function packagePopularity({ kind }: DetailedCatalogue, { requests }: FileTally) {
  return profilePopularity(requests.filter((_, file) => kind[file] === PACKAGE));
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

function mostRequested(releases: readonly Release[]): readonly Release[] {
  const fewest = releases
    .map(({ requests }) => requests)
    .sort((a, b) => b - a)
    .at(MOST_RELEASES - 1);
  return releases.filter(({ requests }) => requests >= (fewest ?? 0)).slice(0, MOST_RELEASES);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function total<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
