import { SERVER_NODE } from "../model/events.ts";
import { volunteersOf } from "../model/machines.ts";
import type { Run } from "../model/simulation.ts";
import { formatValue } from "../report/format.ts";
import type { Survey } from "./survey.ts";
import { downlinkOf } from "./watch.ts";

/** Something that requests have in common. */
export interface Trait {
  readonly trait: string;
  readonly value: string;
  /** Share of the requests in question that have it, and of all. */
  readonly share: number;
  readonly ofAll: number;
}

/** What tells requests apart: a trait's name, and its value for each. */
type Traits = Readonly<Record<string, (request: number) => string>>;

/** Values of a trait that are told: the most common. */
const SHOWN = 3;

/** What these requests have in common, and how common it is among all. */
export function traitsOf(
  run: Run,
  found: Survey,
  requests: readonly number[],
  all: readonly number[],
): Trait[] {
  return Object.entries(traits(run, found)).flatMap(([trait, read]) => {
    const theirs = sharesBy(requests, read);
    const everybodys = sharesBy(all, read);
    return [...theirs]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, SHOWN)
      .map(([value, share]) => ({ trait, value, share, ofAll: everybodys.get(value) ?? 0 }));
  });
}

function sharesBy(requests: readonly number[], read: (request: number) => string) {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const value = read(request);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return new Map([...counts].map(([value, count]) => [value, count / requests.length]));
}

function traits(run: Run, { node, retries, world }: Survey): Traits {
  const { workload, system } = run;
  const { trace, catalogue } = workload;
  const classes = volunteersOf(system).map(({ spec }) => spec.name);
  const releases = [...new Set(catalogue.release)].filter(Number.isFinite).sort((a, b) => a - b);
  const source = (request: number) => {
    const from = node[request];
    if (from === SERVER_NODE) return "the server";
    return from < classes.length ? `volunteer ${from}` : "another customer";
  };
  return {
    size: (request) => bucket(trace.bytes[request], SIZES, "bytes"),
    file: (request) => catalogue.path(trace.file[request]),
    "delivered by": source,
    "class of source": (request) => classes[node[request]] ?? source(request),
    asked:
      releases.length === 0
        ? (request) => `${Math.floor((trace.time[request] % DAY) / HOUR)} h of the day`
        : (request) => sinceRelease(trace.time[request], releases),
    "customer's line": (request) =>
      formatValue(downlinkOf(run, world, trace.customer[request]), "bytes/s"),
    "came back": (request) => (retries[request] > 0 ? "at least once" : "never"),
  };
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const SIZES = [1e5, 1e6, 1e7, 1e8, 1e9];
const AGES = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY];

/** `below 1.00 MB`, `1.00 MB to 10.0 MB`, … */
function bucket(value: number, edges: readonly number[], unit: string): string {
  const at = edges.findIndex((edge) => value < edge);
  const text = (edge: number) => formatValue(edge, unit);
  if (at === 0) return `below ${text(edges[0])}`;
  if (at < 0) return `${text(edges[edges.length - 1])} and more`;
  return `${text(edges[at - 1])} to ${text(edges[at])}`;
}

function sinceRelease(time: number, releases: readonly number[]): string {
  const last = releases.findLast((release) => release <= time);
  return last === undefined
    ? "before the release"
    : `${bucket(time - last, AGES, "s")} after a release`;
}
