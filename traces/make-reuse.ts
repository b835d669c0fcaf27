/**
 * Prints what a cache of the files last used answers of a CDN's downloads, as experiments/traces.md tells
 * it beside generated traces:
 *
 *     node --import tsx traces/make-reuse.ts fd.txt
 *
 * The argument is a footprint descriptor of UMass-LIDS/Tragen. Its first line has requests, bytes, start,
 * end, files and their kilobytes; each further line a pause between two requests for a file, the kilobytes
 * of other files asked for in between, rounded down to 200 MB, and the share of the requests that are so.
 */
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("expected one argument");
const [[requests, , , , files, kilobytes], ...rows] = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split(" ").map(Number));
console.log(`asked for before: ${percent(1 - files / requests)}`);
for (const share of [0.001, 0.01, 0.1, 1]) {
  const within = rows.filter(([, distance]) => distance < share * kilobytes);
  const answered = within.reduce((sum, [, , part]) => sum + part, 0);
  console.log(`a cache of ${percent(share)} of ${kilobytes} kB: ${percent(answered)}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
