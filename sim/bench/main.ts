/** `npm run bench`: how fast the parts are. Never part of the tests. */
import { parseArgs } from "node:util";
import { acceptBaseline, readBaseline, worsened } from "./baseline.ts";
import { isRatio } from "./benchmark.ts";
import { BENCHMARKS, chosen } from "./benchmarks.ts";
import { machine } from "./machine.ts";
import { measure } from "./measure.ts";
import { jsonOf, medians, textOf } from "./shown.ts";
import { type Spreads, spreads } from "./spreads.ts";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "boolean", default: false },
    /** Leaves out what takes minutes. */
    quick: { type: "boolean", default: false },
    /** Fails when a ratio is worse than the accepted one. */
    check: { type: "boolean", default: false },
    /** Accepts the ratios. */
    update: { type: "boolean", default: false },
  },
});
const names = chosen(options.only);
if ("problem" in names) {
  console.error(names.problem);
  process.exit(2);
}

let figures: Spreads = {};
for (const name of names) {
  const { isHeavy, summary } = BENCHMARKS[name];
  if (options.quick && isHeavy) continue;
  console.error(`${name}: ${summary}`);
  figures = { ...figures, ...spreads(await measure(name)) };
}
const found = { machine: machine(), figures };
console.log(options.json ? jsonOf(found) : textOf(found));

const ratios = Object.fromEntries(Object.entries(medians(figures)).filter(([key]) => isRatio(key)));
if (options.check) {
  const problems = worsened(ratios, readBaseline());
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
if (options.update) acceptBaseline(ratios);
