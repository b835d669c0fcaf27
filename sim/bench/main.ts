/** `npm run bench`: how fast the parts are. Never part of the tests. */
import { parseArgs } from "node:util";
import { acceptBaseline, readBaseline, worsened } from "./baseline.ts";
import type { Figures } from "./benchmark.ts";
import { BENCHMARKS, chosen } from "./benchmarks.ts";
import { machine } from "./machine.ts";
import { measure } from "./measure.ts";
import { ratiosOf, type Spread, spreads } from "./measured.ts";
import { jsonOf, textOf } from "./shown.ts";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    update: { type: "boolean", default: false },
  },
});
const names = chosen(options.only);
if ("problem" in names) {
  console.error(names.problem);
  process.exit(2);
}

let ratios: Figures = {};
let figures: Readonly<Record<string, Spread>> = {};
let references: Figures = {};
for (const name of names) {
  const benchmark = await BENCHMARKS[name]();
  if (options.quick && benchmark.isHeavy) continue;
  if (!options.json) console.error(`${name}: ${benchmark.summary}`);
  const found = await measure(name);
  const own = spreads(found.rounds);
  figures = { ...figures, ...own };
  references = { ...references, ...found.references };
  ratios = { ...ratios, ...ratiosOf(benchmark.ratios, own, found.references) };
}
const found = { machine: machine(), ratios, figures, references };
console.log(options.json ? jsonOf(found) : textOf(found));
if (options.check) {
  const problems = worsened(ratios, readBaseline());
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
if (options.update) acceptBaseline(ratios);
