/**
 * `npm run validate`: replays real measurements and says how far the model is off.
 *
 * Exit: 0 replayed, 1 not to the end of what `--strict` asks for, 2 the arguments or all of the
 * measurements are wrong.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { InputError } from "../engine/input-error.ts";
import { ALL_CAUSES, CAUSES, type Cause, type Causes } from "../network/http/causes.ts";
import { ablation } from "./ablation.ts";
import { aimOf } from "./aims.ts";
import { EXPERIMENTS } from "./experiments.ts";
import { validationPage } from "./page.ts";
import { ablationTable, measuresTable } from "./tables.ts";
import { validate } from "./validation.ts";

const USAGE = `npm run validate -- [options]

  --measured PATH   folder of measurements (../shared/measured), of one experiment or one scenario
  --only LETTERS    replay these experiments only, as in AD
  --json            print the measures as one line of JSON; null stands for an infinite error
  --html FILE       write a page with predicted against measured
  --without CAUSE   leave out a cause of the network model; may be given again
  --ablation        also tell what each cause is worth
  --strict          exit with 1 if an aim is missed or something could not be read
  --help            print this

A measure without a case is left out. What cannot be read is named on standard error, and the rest
counts. Exit: 0 replayed, 1 see --strict, 2 wrong arguments, or nothing to be read.

npm prints a banner before the JSON, which "npm run --silent validate -- --json" leaves out.

causes: ${CAUSES.join(", ")}`;

try {
  main();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  for (const problem of error.problems) console.error(`validate: ${problem}`);
  process.exitCode = 2;
}

function main(): void {
  const { measured, only, json, html, without, strict, help, ...asked } = readArguments();
  if (help) {
    console.log(USAGE);
    return;
  }
  const letters = lettersOf(only);
  const validation = validate(measured, {
    causes: causesWithout(without),
    letters,
    onScenario: note,
  });
  const onRow = (cause: Cause | null) => note(cause === null ? "all" : `without ${cause}`);
  const rows = asked.ablation ? ablation(measured, letters, onRow) : null;
  note("");
  const { measures, problems } = validation;
  if (json) console.log(JSON.stringify({ measures, ...(rows !== null && { ablation: rows }) }));
  else console.log([measuresTable(measures), ...(rows ? [ablationTable(rows)] : [])].join("\n\n"));
  if (html !== undefined) writeFileSync(html, validationPage(validation, rows ?? []));
  for (const problem of problems) console.error(`validate: left out: ${problem}`);
  const isMissed = measures.some(({ name, median }) => !(median <= aimOf(name)));
  if (measures.length === 0) throw new InputError([`${measured}: expected cases; got none`]);
  if (strict && (isMissed || problems.length > 0)) process.exitCode = 1;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        measured: { type: "string", default: "../shared/measured" },
        only: { type: "string", default: Object.keys(EXPERIMENTS).join("") },
        json: { type: "boolean", default: false },
        html: { type: "string" },
        without: { type: "string", multiple: true, default: [] },
        ablation: { type: "boolean", default: false },
        strict: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new InputError([`${error instanceof Error ? error.message : error}\n${USAGE}`]);
  }
}

function lettersOf(only: string): string[] {
  const unknown = [...only].filter((letter) => !(letter in EXPERIMENTS));
  if (unknown.length === 0) return [...only];
  const known = Object.keys(EXPERIMENTS).join("");
  throw new InputError([`unknown experiment: ${unknown.join("")}; known: ${known}`]);
}

function causesWithout(names: readonly string[]): Causes {
  const unknown = names.filter((name) => !CAUSES.includes(name as Cause));
  if (unknown.length > 0) {
    throw new InputError([`unknown cause: ${unknown.join(", ")}; known: ${CAUSES.join(", ")}`]);
  }
  return { ...ALL_CAUSES, ...Object.fromEntries(names.map((name) => [name, false])) };
}

/** Shows on a terminal what is being replayed, on a line that the next one overwrites. */
function note(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(-100)}`);
}
