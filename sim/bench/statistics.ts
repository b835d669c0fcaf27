/**
 * `npm run statistics`: how often what is said with 95 % holds, over experiments of known truth; then
 * how often chance is called a difference, with the simulator itself. Exits with 1 when a metric is
 * said to differ significantly more often than in 5 % of the experiments, any main metric in more than
 * 6 %, or a verdict, its interval and its p-value contradict each other. Takes minutes, and is never
 * part of the tests.
 */
import { parseArgs } from "node:util";
import type { MetricName } from "../metrics/metric.ts";
import { FALSE_ALARMS } from "../outcome/statistics/holm-intervals.ts";
import { coverage } from "./coverage.ts";
import { type Alarms, falseAlarms } from "./false-alarms.ts";

/** Experiments whose truth is known, which take no simulation. */
const KNOWN = 2000;

/** In how many experiments any main metric may be said to differ. */
const MOST = 0.06;

/** Metrics whose runs are at least so skewed are named: a t test is exact of normal runs alone. */
const SKEWED = 1;

const { values: options } = parseArgs({
  options: { experiments: { type: "string", default: "2000" } },
});
const experiments = Number(options.experiments);
if (!Number.isInteger(experiments) || experiments < 2 || experiments > 100_000) {
  console.error(`--experiments: invalid experiments: ${options.experiments}; not in [2, 100000]`);
  process.exit(2);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(9);
console.log(`what held in how many of ${KNOWN} experiments of known truth`);
for (const [claim, share] of coverage(KNOWN)) console.log(`${claim.padEnd(54)}${percent(share)}`);

const { paired, unpaired, skewness } = falseAlarms(experiments);
const varying = [...skewness].flatMap(([name, skew]) => (skew === null ? [] : [{ name, skew }]));
console.log(`
${experiments} experiments of 5 runs, each with 4 comparisons of one policy with itself: the share of the
comparisons with p < 0.05 alone, and of the experiments with any after Holm's correction
${"".padEnd(24)}skewness     pairs   by Holm     Welch   by Holm`);
for (const { name, skew } of varying) {
  const shares = [paired, unpaired].flatMap(({ metrics }) => {
    const { alone = 0, family = 0 } = metrics.get(name) ?? {};
    return [percent(alone), percent(family)];
  });
  const told = skew.toFixed(1).padStart(8);
  console.log(`${name.padEnd(24)}${told} ${shares.join(" ")}`);
}
const isConstant = (name: MetricName) => skewness.get(name) === null;
const constant = [...skewness.keys()].filter(isConstant);
if (constant.length > 0)
  console.log(`the same in every run, or never defined: ${constant.join(", ")}`);
const skewed = varying.filter(({ skew }) => Math.abs(skew) >= SKEWED).map(({ name }) => name);
console.log(`skewed by ${SKEWED} or more: ${skewed.join(", ")}`);
for (const [how, alarms] of [
  ["pairs", paired],
  ["Welch", unpaired],
] as const) {
  console.log(
    `any main metric of any policy, ${how}: ${percent(alarms.main).trim()} of the experiments`,
  );
  for (const problem of problemsOf(how, alarms)) {
    console.error(problem);
    process.exitCode = 1;
  }
}

function problemsOf(how: string, { metrics, main, contradictions }: Alarms): string[] {
  const loud = [...metrics].filter(([, { p }]) => p < FALSE_ALARMS);
  return [
    ...loud.map(([name, { family }]) => {
      return `${name}, ${how}: expected a difference in 5 % of the experiments; got ${percent(family).trim()}`;
    }),
    ...(main > MOST
      ? [`main metrics, ${how}: expected at most 6 %; got ${percent(main).trim()}`]
      : []),
    ...(contradictions > 0 ? [`${how}: expected no contradiction; got ${contradictions}`] : []),
  ];
}
