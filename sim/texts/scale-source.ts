import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { ScalePoint } from "../bench/scale.ts";
import { Fingerprint } from "../engine/fingerprint.ts";
import type { Interval } from "../outcome/statistics/interval.ts";
import { Unfinished } from "../runner/unfinished.ts";
import { unrunExperiment } from "./experiment-source.ts";
import type { Measure, Source, SourceCell } from "./source.ts";

/** The experiment whose text tells what it costs, not what it comes to. */
export const SCALE = "scale";

const FILE = "experiments/scale.yaml";
const COMMAND = "--import tsx sim/bench/main.ts --only scale".split(" ");
const FOUND = "results/bench/scale.json";

const UNITS: Readonly<Record<string, string>> = {
  ...{ customers: "count", volunteers: "count", requests: "count", events: "count" },
  ...{ seconds: "s", peakBytes: "bytes" },
  ...{ timeExponent: "ratio", timeLastExponent: "ratio" },
  ...{ memoryExponent: "ratio", memoryLastExponent: "ratio", bytesEach: "bytes" },
};

const MEASURES: ReadonlyMap<string, Measure> = new Map(
  Object.entries(UNITS).map(([name, unit]) => [name, { unit, better: "none" as const }]),
);

/** What a text calls the names under which the benchmark tells the memory of one more. */
const ONE_MORE: Readonly<Record<string, string>> = {
  file: "File",
  customer: "Customer",
  volunteer: "Volunteer",
  request: "Request",
  "download under way": "ActiveFlow",
};

const GROWS = ["customers", "volunteers", "all"];

interface Found {
  readonly points: readonly ScalePoint[];
  readonly figures: Readonly<Record<string, number>>;
}

/**
 * What the benchmark `scale` measures, on this machine and anew each time. The fingerprint is that of
 * `npx sim run experiments/scale.yaml`.
 *
 * @throws Unfinished when the benchmark fails.
 */
export function scaleSource(): Source {
  const { status } = spawnSync(process.execPath, COMMAND, {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Unfinished(`npm run bench -- --only scale: ended with ${status}`);
  const { points, figures } = JSON.parse(readFileSync(FOUND, "utf8")) as Found;
  return sourceOf(points, (name) => figures[name]);
}

/** The benchmark as it was not run. */
export function unrunScale(): Source {
  const sizes = unrunExperiment(FILE, SCALE).dimensions.get("size") ?? [];
  return { ...sourceOf(sizes.map(pointOf), () => 1), fingerprint: "" };
}

function pointOf(size: string): ScalePoint {
  const [axis, factor] = /^(\w+) (\d+)$/.exec(size)?.slice(1) ?? ["customers", "1"];
  const counts = { customers: 1, volunteers: 1, requests: 1, events: 1, fingerprint: "" };
  const grown = { axis: axis as ScalePoint["axis"], factor: Number(factor) };
  return { ...grown, ...counts, seconds: 1, peakBytes: 1 };
}

function sourceOf(points: readonly ScalePoint[], figure: (name: string) => number): Source {
  const bySize = new Map(points.map((point) => [sizeOf(point), point]));
  const fingerprint = new Fingerprint();
  for (const point of bySize.values()) fingerprint.addText(point.fingerprint);
  return {
    name: SCALE,
    fingerprint: fingerprint.toString(),
    dimensions: new Map([
      ["size", [...bySize.keys()]],
      ["grows", GROWS],
      ["one more", Object.keys(ONE_MORE)],
    ]),
    measures: MEASURES,
    cells: [
      ...[...bySize].map(([size, point]): SourceCell => {
        const { axis: _, factor: __, fingerprint: ___, ...costs } = point;
        return { at: { size }, values: exactly(costs) };
      }),
      ...GROWS.map((grows): SourceCell => ({ at: { grows }, values: exponents(figure, grows) })),
      ...Object.entries(ONE_MORE).map(([name, key]): SourceCell => {
        const values = exactly({ bytesEach: figure(`scale.bytesPer${key}`) });
        return { at: { "one more": name }, values };
      }),
    ],
    figures: null,
  };
}

/** As the experiment names it. */
function sizeOf({ axis, factor }: ScalePoint): string {
  return factor === 1 ? "one" : `${axis} ${factor}`;
}

function exponents(figure: (name: string) => number, grows: string): SourceCell["values"] {
  const names = ["timeExponent", "timeLastExponent", "memoryExponent", "memoryLastExponent"];
  return exactly(Object.fromEntries(names.map((name) => [name, figure(`scale.${grows}.${name}`)])));
}

function exactly(costs: Readonly<Record<string, number>>): Record<string, Interval> {
  const interval = (value: number) => ({ mean: value, low: value, high: value });
  return Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, interval(cost)]));
}
