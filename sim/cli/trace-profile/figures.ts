import { formatShare, formatValue } from "../../report/format.ts";
import type { TraceFigure } from "../../report/trace-data.ts";
import type { AccessProfile } from "../../workload/profile/profile-access.ts";
import type { SyncProfile } from "../../workload/profile/sync.ts";
import type { Targets } from "../../workload/profile/targets.ts";
import type { Profiled } from "./profiled.ts";

/** The figures of the abstract's section 2 and what else tells a trace at a glance. */
export function figuresOf({ profile, targets }: Profiled): readonly TraceFigure[] {
  const wanted = targets ?? {};
  return profile.kind === "access" ? accessFigures(profile, wanted) : syncFigures(profile, wanted);
}

function accessFigures(profile: AccessProfile, targets: Partial<Targets>): TraceFigure[] {
  const { customers, answers, popularity, packagePopularity, reuse, rhythm } = profile;
  return [
    figure("days", days(profile.days), optional(targets.days, days)),
    figure("files", count(profile.files), optional(targets.files, count)),
    figure("bytes stored", bytes(profile.bytes), optional(targets.bytes, bytes)),
    ...known(profile.distributions, (value) =>
      figure("distributions", count(value), optional(targets.distributions, count)),
    ),
    figure(
      "files under 1 MB",
      share(profile.shareUnder1MB),
      optional(targets.shareUnder1MB, share),
    ),
    ...known(profile.largeDuplicateShare, (value) =>
      figure(
        `files of ${bytes(profile.largeFrom)} or more identical to another`,
        share(value),
        optional(targets.largeDuplicateShare, share),
      ),
    ),
    figure("requests", count(profile.requests)),
    figure("bytes delivered", bytes(profile.uploadBytes)),
    figure(
      "images, of the bytes delivered",
      share(profile.isoUploadShare),
      optional(targets.isoUploadShare, share),
    ),
    ...known(profile.updateRequestShare, (value) =>
      figure("packages released in the window, of the requests", share(value)),
    ),
    figure("releases", count(profile.releases)),
    figure("flash crowds", count(profile.flashCrowds.length)),
    figure("customers", count(customers.customers)),
    figure("visits, by pauses of half an hour", count(customers.sessions)),
    ...known(customers.requestsPerSession, ({ mean }) =>
      figure("requests of such a visit, mean", count(mean)),
    ),
    ...known(customers.requestsPerVisit, (told) =>
      figure("visits, as the trace tells them", count(told.count)),
    ),
    ...known(customers.requestsPerVisit, ({ mean }) =>
      figure("requests of one of these, mean", count(mean)),
    ),
    ...known(customers.busiestHundredth, (value) =>
      figure("requests of the busiest hundredth of the customers", share(value)),
    ),
    ...known(ratio(customers.repeated, profile.requests), (value) =>
      figure("requests for a file the customer had asked for before", share(value)),
    ),
    ...known(ratio(profile.requests - reuse.first, profile.requests), (value) =>
      figure("requests for a file that anybody had asked for before", share(value)),
    ),
    ...known(reuse.distance, ({ quantiles }) =>
      figure("files asked for since, median", count(quantiles["p50"])),
    ),
    ...known(rhythm.weekend, (value) =>
      figure("requests on a day of the weekend, of a midweek day's", share(value)),
    ),
    ...known(ratio(answers.partial, profile.requests), (value) =>
      figure("requests for part of a file", share(value)),
    ),
    ...(answers.status === null ? [] : [figure("answers by status", statuses(answers.status))]),
    figure("files asked for", count(popularity.requestedFiles)),
    ...(popularity.law === null
      ? []
      : [
          figure("popularity, exponents by rank", pieces(popularity.law.pieces)),
          figure("distance of that law (Kolmogorov–Smirnov)", popularity.law.distance.toFixed(4)),
        ]),
    ...known(packagePopularity?.law ?? null, (law) =>
      figure("of packages alone", pieces(law.pieces)),
    ),
    ...(popularity.counts === null
      ? []
      : [
          figure(
            "tail of popularity, exponent of counts",
            `${popularity.counts.exponent.toFixed(2)} ± ${popularity.counts.error.toFixed(2)} ` +
              `from ${popularity.counts.from} requests on`,
          ),
        ]),
  ];
}

function syncFigures(profile: SyncProfile, targets: Partial<Targets>): TraceFigure[] {
  const { hoursPerDay: hours } = profile;
  const wanted = targets.hoursPerDay;
  const traced = hours === null ? [] : (["mean", "max", "min"] as const);
  return [
    figure("days", days(profile.days), optional(targets.days, days)),
    figure("nodes", count(profile.nodes), optional(targets.nodes, count)),
    figure("synchronisations", count(profile.syncs)),
    figure("files transferred", count(profile.files)),
    figure("bytes transferred", bytes(profile.bytes)),
    ...traced.map((name) =>
      figure(
        `hours a day of the traced node, ${name}`,
        (hours?.[name] ?? 0).toFixed(2),
        optional(wanted?.[name], (value) => value.toFixed(2)),
      ),
    ),
  ];
}

function figure(label: string, value: string, target: string | null = null): TraceFigure {
  return { label, value, target };
}

function known<Value>(value: Value | null, figureOf: (value: Value) => TraceFigure): TraceFigure[] {
  return value === null ? [] : [figureOf(value)];
}

function optional(value: number | undefined, text: (value: number) => string): string | null {
  return value === undefined ? null : text(value);
}

function pieces(found: readonly { readonly from: number; readonly exponent: number }[]): string {
  return found
    .map(({ from, exponent }) => `${exponent.toFixed(2)} from rank ${count(from)}`)
    .join(", ");
}

function statuses(status: Readonly<Record<string, number>>): string {
  return Object.entries(status)
    .map(([code, requests]) => `${code} × ${count(requests)}`)
    .join(", ");
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function share(value: number | null): string {
  return value === null ? "not known" : formatShare(value);
}

function count(value: number): string {
  return formatValue(value, "count");
}

function bytes(value: number): string {
  return formatValue(value, "bytes");
}

function days(value: number): string {
  return String(Number(value.toPrecision(4)));
}
