/**
 * Mutation testing of sim/coordinator: `npm run test:mutants`. Changes the source in small ways, one at a
 * time, and says which changes no test notices. Exit 1 where more than one in ten goes unnoticed.
 * Arguments name files: `npm run test:mutants -- shared-uplink` looks at these alone.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { verdicts } from "./judge.ts";
import { LEAST_SCORE, reportOf } from "./report.ts";

const FOLDER = fileURLToPath(new URL("../../coordinator", import.meta.url));

/** What tests use, and what only names what others hold. */
const IS_SPARED = /\.(?:test|oracle)\.ts$|(?:^|\/)(?:testing|index)\.ts$/;

const filters = process.argv.slice(2);
const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .sort();
const isChosen = (path: string) =>
  filters.length === 0 || filters.some((filter) => path.includes(filter));

const from = process.hrtime.bigint();
const all = await verdicts({
  sources: paths
    .filter((path) => !IS_SPARED.test(path) && isChosen(path))
    .map((path) => join(FOLDER, path)),
  tests: paths.filter((path) => path.endsWith(".test.ts")).map((path) => join(FOLDER, path)),
  workers: 2,
  seed: Number(process.env["SEED"] ?? 2008),
  onVerdict: (_, count, of) => {
    if (count % 100 === 0) process.stderr.write(`${count} of ${of} mutants\n`);
  },
});
const { text, score } = reportOf(all, FOLDER);
console.log(text);
console.log(`${Math.round(Number(process.hrtime.bigint() - from) / 1e9)} s`);
process.exitCode = score < LEAST_SCORE ? 1 : 0;
