import type {
  ImagesSpec,
  LogSpec,
  PoissonSpec,
  ReleaseSpec,
  SyncSpec,
  Variant,
  WorkloadSpec,
} from "../../experiment/config/experiment.ts";
import { formatDuration, formatSetting, formatTime, formatValue } from "../../report/format.ts";
import type { ChangeRecipe } from "../../workload/changes.ts";
import { arrivalsText } from "./arrivals.ts";
import { counted, listed, percent } from "./words.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

type Row = readonly [term: string, text: string];

/** The work of an experiment, term by term. `facts`: of the first replication; null if not kept. */
export function workloadRows(
  { workload, window, system }: Pick<Variant, "workload" | "window" | "system">,
  facts: WorkloadFacts | null,
): Row[] {
  const rows: Row[] = [["Workload", kindText(workload)]];
  if (facts !== null) rows.push(...factRows(facts), ...loadRows(facts, system));
  const { changes } = workload;
  if (changes !== undefined) rows.push(["Changes in place", changesText(changes)]);
  const length = window ?? facts?.window ?? null;
  rows.push(["Window", length === null ? "as long as the log" : formatTime(length)]);
  rows.push(["Arrivals", arrivalsText(workload, system.customers)]);
  return rows;
}

function factRows({ files, bytes, released, requests, wanted, ...of }: WorkloadFacts): Row[] {
  const size = (value: number) => formatValue(value, "bytes");
  const news = released === 0 ? "" : `, ${size(released)} of them released within the window`;
  const rows: Row[] = [["Files", `${formatSetting(files, "count")} of ${size(bytes)}${news}`]];
  if (requests === 0) return rows;
  const visits = `${counted(of.visits, "visit")} of ${counted(of.customers, "customer")}`;
  return [
    ...rows,
    [
      "Requests",
      `${counted(requests, "request")} for ${size(wanted)} in ${visits}, in replication 0`,
    ],
  ];
}

/** The offered load: what the busiest hour asks for over what all volunteers can send in an hour. */
function loadRows({ busiestHour }: WorkloadFacts, { volunteers }: Variant["system"]): Row[] {
  const uplinks = volunteers.reduce((sum, { count, uplink }) => sum + count * uplink, 0);
  if (busiestHour === 0 || uplinks === 0) return [];
  const load = (busiestHour / (3600 * uplinks)).toFixed(2);
  const asked = formatValue(busiestHour, "bytes");
  return [
    [
      "Load",
      `the busiest hour asks for ${asked}, ρ = ${load} of what the volunteers can send in it`,
    ],
  ];
}

/** What makes the work, in a few words. */
function kindText(workload: WorkloadSpec): string {
  if ("release" in workload) return releaseText(workload.release);
  if ("poisson" in workload) return poissonText(workload.poisson);
  return "log" in workload ? logText(workload.log) : syncText(workload.sync);
}

function releaseText({ catalogue, curve, ...spec }: ReleaseSpec): string {
  const day = spec.weekday.charAt(0).toUpperCase() + spec.weekday.slice(1);
  return (
    `a release at ${formatTime(spec.at)} from a ${day}'s start, ` +
    `${spec.announced === 0 ? "" : `announced ${formatTime(spec.announced)} later, `}wanted by ` +
    `${counted(spec.customers, "customer")}, ${percent(spec.firstDay)} of whom come within a day; ` +
    `new machines a day: ${percent(spec.background)} of the customers; files of ${catalogue}, ` +
    `times of ${curve}${imagesText(spec.images)}`
  );
}

function imagesText(images: ImagesSpec | undefined): string {
  if (images === undefined) return "";
  const each = formatSetting(images.size, "bytes");
  return (
    `; with it ${counted(images.count, "image")} of ${each}, one of which ` +
    `${percent(images.share)} of the customers come for, and for no updates`
  );
}

function logText({ file }: LogSpec): string {
  return `the log or trace ${file}, replayed; all files are there from the start`;
}

function poissonText({ gap, size, files }: PoissonSpec): string {
  const of = files === null ? "files of their own" : counted(files, "file");
  return (
    `a Poisson process of requests, every ${formatDuration(gap)} on average, for ${of}; sizes ` +
    `${size.kind} with mean ${formatSetting(size.mean, "bytes")}`
  );
}

function syncText({ daily, sizes, bundle, identical, kinds, releases }: SyncSpec): string {
  const bytes = (value: number) => formatSetting(value, "bytes");
  const kind = ({ name, share }: (typeof kinds)[number]) => `${name} ${percent(share)}`;
  const each = releases.map(({ at, bytes: of }) => `${bytes(of)} at ${formatTime(at)}`);
  return (
    `a repository that changes: ${bytes(daily.bytes)} on a usual day, log-normal with σ ` +
    `${daily.spread}; sizes of files log-normal with median ${bytes(sizes.median)} and σ ` +
    `${sizes.sigma}, at most ${bytes(sizes.largest)}; small ones together up to ${bytes(bundle)}; ` +
    `${percent(identical)} of the large ones are copies of others; kinds: ${listed(kinds.map(kind))}` +
    `${each.length === 0 ? "" : `; releases: ${listed(each)}`}`
  );
}

function changesText({ match, share, first, every }: ChangeRecipe): string {
  const which =
    share === null
      ? match === null
        ? "the indexes"
        : `files whose paths end with ${listed(match)}`
      : `${percent(share)} of the files`;
  const start = first === null ? "" : `, first at ${formatTime(first)}`;
  return `${which}${start}, ${every === null ? "once" : `every ${formatDuration(every)}`}`;
}
