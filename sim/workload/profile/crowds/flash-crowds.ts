import { type AccessTrace, FILE_KINDS } from "../../trace/trace.ts";
import type { Release, Releases } from "../releases.ts";
import { rhythmOf } from "../rhythm.ts";
import { type Series, sinceMidnight } from "../series.ts";
import { customerSeries } from "./customer-series.ts";
import { type Crowd, findCrowds } from "./find-crowds.ts";
import { releaseName } from "./release-name.ts";
import { releaseSeries } from "./release-series.ts";
import { type Subject, subjectOf } from "./subject.ts";

const HOUR = 3600;
const INDEX = FILE_KINDS.indexOf("index");
/** Seconds a bin may have: the least that holds enough customers is taken. */
const WIDTHS = [600, 1800, HOUR, 3 * HOUR] as const;
/** Customers in a typical bin below which chance would hide a doubling. */
const ENOUGH = 20;
/** Counts in an hour of the day, over all days, that an even rhythm stands for: few say little. */
const DOUBT = 30;
/** Hours from a release within which a crowd that comes for its packages is its crowd. */
const PROMPT = 24;
/** Releases looked at one by one, those with the most requests. */
const MOST_RELEASES = 32;

/** A flash crowd of customers, counted in customers an hour, and what it came for. */
export interface FlashCrowd extends Crowd {
  /** Whether all customers together show it, or only those who want the release's packages. */
  readonly among: "all" | "release";
  /** Null where nothing stands out. */
  readonly subject: Subject | null;
}

export interface FlashCrowds {
  /** Seconds of the bins in which they were looked for. */
  readonly bin: number;
  readonly crowds: readonly FlashCrowd[];
}

/** Flash crowds in order of their start: of all customers, and of single releases. */
export function flashCrowdsOf(trace: AccessTrace, releases: Releases): FlashCrowds {
  const rhythm = everydayRhythm(trace, releases);
  const series = fineEnough((width) => customerSeries(trace, width));
  const general = findCrowds(series, rhythm).map(
    (crowd): FlashCrowd => ({ ...crowd, among: "all", subject: subjectOf(trace, crowd, releases) }),
  );
  const busy = busiest(releases.releases);
  const numbers = busy.map(({ number }) => number);
  const special = releaseSeries(trace, releases.releaseOf, numbers, HOUR)
    .flatMap((each, at) => releaseCrowds(each, busy[at].release, releases.releases, rhythm))
    .filter((crowd) => !general.some((other) => isSame(crowd, other)));
  return {
    bin: series.width,
    crowds: [...general, ...special].sort((a, b) => a.start - b.start),
  };
}

/**
 * The rhythm of the customers who ask for files that were there before the window. Releases come at
 * the same hour on many days, and whoever comes for them would be taken for the rhythm, as would be
 * the lists of packages that they read.
 */
function everydayRhythm(trace: AccessTrace, { releases, releaseOf }: Releases) {
  const { kind } = trace.catalogue;
  const isOld = (file: number) => releaseOf[file] === 0 && kind[file] !== INDEX;
  const hourly =
    releases.length === 0 ? customerSeries(trace, HOUR) : customerSeries(trace, HOUR, isOld);
  const { hours } = rhythmOf([...hourly.values], trace.epoch);
  const each = hourly.values.reduce((sum, count) => sum + count, 0) / 24;
  const sure = hours.map((factor) => (each * factor + DOUBT) / (each + DOUBT));
  return factorOf(sure, trace.epoch);
}

/**
 * The crowds that come for the release's packages, in whatever version, within a day of it and
 * before the distribution releases anything else.
 */
function releaseCrowds(
  series: Series,
  release: Release,
  all: readonly Release[],
  rhythm: (time: number) => number,
): FlashCrowd[] {
  const next = all.find(
    ({ at, distribution }) => at > release.at && distribution === release.distribution,
  );
  // A bin holds what came up to an hour before its end.
  const from = release.at - HOUR;
  const to = Math.min(release.at + PROMPT * HOUR, (next?.at ?? Number.POSITIVE_INFINITY) - HOUR);
  return findCrowds(series, rhythm)
    .filter(({ start }) => start > from && start <= to)
    .map((crowd) => ({
      ...crowd,
      among: "release",
      subject: { kind: "release", name: releaseName(release), share: 1 },
    }));
}

function busiest(releases: readonly Release[]) {
  return releases
    .map((release, at) => ({ release, number: at + 1 }))
    .filter(({ release }) => release.requests > 0)
    .sort((a, b) => b.release.requests - a.release.requests || a.number - b.number)
    .slice(0, MOST_RELEASES);
}

function isSame(one: FlashCrowd, other: FlashCrowd): boolean {
  const overlap = one.start < other.end && other.start < one.end;
  return overlap && other.subject?.name === one.subject?.name;
}

/** The series in the narrowest bins that typically hold enough, or in the widest. */
function fineEnough(seriesOf: (width: number) => Series): Series {
  for (const width of WIDTHS.slice(0, -1)) {
    const series = seriesOf(width);
    const sorted = series.values.slice().sort();
    if (sorted[sorted.length >> 1] >= ENOUGH) return series;
  }
  return seriesOf(WIDTHS[WIDTHS.length - 1]);
}

/** The rhythm of the day, straight between the middles of two hours. */
function factorOf(hours: readonly number[], epoch: number | null): (time: number) => number {
  const shift = sinceMidnight(epoch);
  return (time) => {
    const hour = (time + shift) / HOUR - 0.5;
    const before = Math.floor(hour);
    const at = (index: number) => hours[((index % 24) + 24) % 24];
    return at(before) + (hour - before) * (at(before + 1) - at(before));
  };
}
