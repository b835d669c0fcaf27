import type { Decision } from "../parts.ts";
import type { Crowds } from "./frequent-files.ts";
import { type History, type Series, TROUBLES } from "./history.ts";
import type { HostView, StatusHost, VolunteerStatus } from "./status-host.ts";
import type { Tally } from "./tally.ts";

/** Most asked files that are told. */
const MOST_FILES = 10;

/** Growth over the last hour, and all since the server was started. */
interface Counted extends Series {
  readonly total: number;
}

/** A volunteer, and what was decided about it. */
export interface ListedVolunteer extends VolunteerStatus {
  readonly redirects: number;
  readonly redirectedBytes: number;
  readonly failedAudits: number;
  /** Redirects in each sample of the last hour. */
  readonly course: readonly number[];
}

export interface CrowdedFile {
  readonly path: string;
  readonly size: number;
  readonly requests: number;
  readonly holders: number;
}

/** Everything that the status page shows, as plain data: what `/-/status.json` says. */
export interface StatusData {
  /** Time of day, as ISO 8601 in UTC. */
  readonly at: string;
  readonly server: Pick<HostView, "name" | "version" | "policies" | "uptime" | "sending">;
  readonly volunteers: readonly ListedVolunteer[];
  /** Seconds that each sample of the last hour took, the oldest first. */
  readonly samples: readonly number[];
  readonly decisions: readonly (Counted & { readonly kind: Decision["kind"] })[];
  /** Bytes decided, by kind of decision. */
  readonly bytes: readonly Counted[];
  readonly answers: readonly Counted[];
  readonly troubles: readonly Counted[];
  /** Announces that were refused since the start, by cause. */
  readonly refusals: readonly { readonly cause: string; readonly count: number }[];
  readonly crowds: Omit<Crowds, "files"> & { readonly files: readonly CrowdedFile[] };
  readonly journal: HostView["journal"];
  readonly catalogue: HostView["catalogue"];
  readonly warnings: HostView["warnings"];
}

/** `at`: the time of day. */
export function statusData(host: StatusHost, tally: Tally, history: History, at: Date): StatusData {
  const view = host.view();
  const { name, version, policies, uptime, sending, journal, catalogue, warnings } = view;
  const course = history.course();
  const { files, ...crowds } = tally.files.most(MOST_FILES, host.now());
  return {
    at: at.toISOString(),
    server: { name, version, policies, uptime, sending },
    volunteers: view.volunteers.map((each) => ({
      ...each,
      redirects: tally.redirects.of(each.volunteer),
      redirectedBytes: tally.redirectedBytes.of(each.volunteer),
      failedAudits: tally.failedAudits.of(each.volunteer),
      course: course.redirects.get(each.volunteer) ?? course.seconds.map(() => 0),
    })),
    samples: course.seconds,
    decisions: course.decisions.map((series) => ({
      ...series,
      total: tally.decisions[series.kind].of(series.name),
    })),
    bytes: course.bytes.map((series) => ({
      ...series,
      total: tally.bytes[series.name as Decision["kind"]],
    })),
    answers: course.answers.map((series) => ({ ...series, total: tally.answers.of(series.name) })),
    troubles: course.troubles.map((series, at) => ({
      ...series,
      total: TROUBLES[at].total(tally, journal.unrecorded),
    })),
    refusals: Array.from(tally.refusals, ([cause, count]) => ({ cause, count })),
    crowds: {
      ...crowds,
      files: files.map(({ file, requests }) => ({
        path: host.path(file),
        size: host.size(file),
        requests,
        holders: host.holders(file),
      })),
    },
    ...{ journal, catalogue, warnings },
  };
}
