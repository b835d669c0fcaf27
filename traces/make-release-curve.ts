/**
 * Makes release-curve.csv, the measured shape of demand after a release:
 *
 *     node --import tsx traces/make-release-curve.ts curves.tsv.gz
 *
 * The argument is a gzipped table of new releases of client add-ons with the columns plugin,
 * release_unix (when the release was first seen), plugin_total_before, next_release_unix and
 * cumulative (`hours:downloads,...` from release_unix on). README.md states its origin.
 *
 * Each release is read about once a day, so what happens within a day is not measured:
 * - a release was first seen up to 24 h after it came out; it is placed in the middle, 12 h before;
 * - between two readings, and from the release to the first one, downloads are taken to be even;
 * - the share is that of the downloads up to HORIZON after the release.
 *
 * Left out are releases that were superseded before the horizon, whose count ever fell before it
 * (a correction at the source), that had fewer than FEWEST downloads by then, or that went unread
 * for more than LONGEST_GAP.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { quantileSorted } from "d3-array";

const HOURS_A_DAY = 24;
const HORIZON = 28 * HOURS_A_DAY;
const FIRST_SEEN = 12;
const FEWEST = 200;
const LONGEST_GAP = 3 * HOURS_A_DAY;
const GRID = [
  0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72, 84, 96, 108, 120, 144, 168, 192, 216, 240, 288,
  336, 384, 432, 480, 528, 576, 624, 672,
];

/** Hours since the release and downloads by then. */
type Point = readonly [hours: number, downloads: number];

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("expected one argument: the table of releases");
const releases = gunzipSync(readFileSync(path)).toString().trimEnd().split("\n").slice(1);
const curves = releases.map(curveOf).filter((curve) => curve !== undefined);

const lines = ["hours,lower_quartile,median,upper_quartile"];
for (const hours of GRID) {
  const shares = curves.map((curve) => at(curve, hours) / at(curve, HORIZON)).sort((a, b) => a - b);
  const quartiles = [0.25, 0.5, 0.75].map((p) => quantileSorted(shares, p)?.toFixed(4));
  lines.push([hours, ...quartiles].join(","));
}
writeFileSync(new URL("release-curve.csv", import.meta.url), `${lines.join("\n")}\n`);
console.log(`${curves.length} of ${releases.length} releases`);

function curveOf(line: string): readonly Point[] | undefined {
  const [, released, , superseded, readings] = line.split("\t");
  const life = superseded === "" ? HORIZON : (Number(superseded) - Number(released)) / 3600;
  const curve: Point[] = [[0, 0]];
  for (const reading of readings.split(",")) {
    const [offset, downloads] = reading.split(":").map(Number);
    const [hours, before] = curve[curve.length - 1];
    if (hours >= HORIZON) break;
    if (downloads < before || offset + FIRST_SEEN - hours > LONGEST_GAP) return undefined;
    curve.push([offset + FIRST_SEEN, downloads]);
  }
  const [end] = curve[curve.length - 1];
  const isWhole = end >= HORIZON && life + FIRST_SEEN >= HORIZON;
  return isWhole && at(curve, HORIZON) >= FEWEST ? curve : undefined;
}

/** Downloads by some hour, even between two readings. */
function at(curve: readonly Point[], hours: number): number {
  const next = Math.max(
    1,
    curve.findIndex(([end]) => end >= hours),
  );
  const [start, before] = curve[next - 1];
  const [end, after] = curve[next];
  return end === start ? after : before + ((after - before) * (hours - start)) / (end - start);
}
