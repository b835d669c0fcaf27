/**
 * `npm run statistics`: how often what is said with 95 % holds, over experiments of known truth; then
 * how often chance is called a difference, with the simulator itself. Exits with 1 when a metric is
 * said to differ in more than 5.5 % of the experiments. Takes minutes, and is never part of the tests.
 */
import { parseArgs } from "node:util";
import { average } from "../outcome/statistics/bootstrap.ts";
import { coverage } from "./coverage.ts";
import { type FalseAlarms, falseAlarms } from "./false-alarms.ts";

/** Experiments whose truth is known, which take no simulation. */
const KNOWN = 2000;

const MOST = 0.055;

/** In how many standard errors chance may lead astray here. */
const ERRORS = 3;

const { values: options } = parseArgs({
  options: { experiments: { type: "string", default: "500" } },
});
const experiments = Number(options.experiments);
if (!Number.isInteger(experiments) || experiments < 1 || experiments > 100_000) {
  console.error(`--experiments: invalid experiments: ${options.experiments}; not in [1, 100000]`);
  process.exit(2);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(9);
console.log(`what held in how many of ${KNOWN} experiments of known truth`);
for (const [claim, share] of coverage(KNOWN)) console.log(`${claim.padEnd(54)}${percent(share)}`);

const found = await falseAlarms(experiments);
console.log();
console.log(
  `${experiments} experiments of 5 runs, each with 4 comparisons of one policy with itself`,
);
console.log(`${"".padEnd(24)}     alone   by Holm`);
const shown = [...found].filter(([, { alone }]) => alone > 0);
for (const [name, { alone, corrected }] of shown) {
  console.log(`${name.padEnd(24)}${percent(alone)}${percent(corrected)}`);
}
const mean = (of: keyof FalseAlarms) => average(shown.map(([, each]) => each[of]));
console.log(`${"all of these".padEnd(24)}${percent(mean("alone"))}${percent(mean("corrected"))}`);
const slack = ERRORS * Math.sqrt((MOST * (1 - MOST)) / experiments);
const loud = [...found].filter(([, { corrected }]) => corrected > MOST + slack);
for (const [name, { corrected }] of loud) {
  console.error(`${name}: expected at most 5.5 % of the experiments; got ${percent(corrected)}`);
}
process.exitCode = loud.length > 0 ? 1 : 0;
