import { type AccessTrace, type DetailedCatalogue, FILE_KINDS } from "../trace/trace.ts";
import { type AnswersProfile, profileAnswers } from "./answers.ts";
import { type CustomersProfile, profileCustomers } from "./customers.ts";
import { type FileTally, tallyFiles } from "./file-tally.ts";
import { type PopularityProfile, profilePopularity } from "./popularity/popularity.ts";
import { type Release, releasesOf } from "./releases.ts";
import { profileReuse, type ReuseProfile } from "./reuse.ts";
import { type RhythmProfile, rhythmOf } from "./rhythm.ts";
import { type Course, courseOf } from "./series.ts";
import { type AccessSummary, summarizeAccess } from "./summary.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

const PACKAGE = FILE_KINDS.indexOf("package");

/** Releases told one by one, those with the most requests. */
const MOST_RELEASES = 100;

/** What a trace of downloads says: plain data that JSON can hold. */
export interface AccessProfile extends AccessSummary {
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
  const releases = releasesOf(catalogue, tally);
  const hourly = courseOf(trace, HOUR);
  return {
    ...summarizeAccess(trace, tally, releases),
    popularity: profilePopularity(tally.requests),
    packagePopularity: packagePopularity(catalogue, tally),
    reuse: profileReuse(trace, tally),
    hourly,
    daily: courseOf(trace, DAY),
    rhythm: rhythmOf(hourly.requests, trace.epoch),
    customers: profileCustomers(trace),
    answers: profileAnswers(trace),
    releaseList: mostRequested(releases.releases),
  };
}

function packagePopularity(
  { files, kind }: DetailedCatalogue,
  { requests }: FileTally,
): PopularityProfile | null {
  let packages = 0;
  for (let file = 0; file < files; file++) if (kind[file] === PACKAGE) packages++;
  return packages === 0
    ? null
    : profilePopularity(requests.filter((_, file) => kind[file] === PACKAGE));
}

function mostRequested(releases: readonly Release[]): readonly Release[] {
  const fewest = releases
    .map(({ requests }) => requests)
    .sort((a, b) => b - a)
    .at(MOST_RELEASES - 1);
  return releases.filter(({ requests }) => requests >= (fewest ?? 0)).slice(0, MOST_RELEASES);
}
