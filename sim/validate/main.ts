/**
 * `npm run validate`: replays real measurements and says how far the model is off.
 *
 * Exit: 0 done, 2 the arguments or the measurements are wrong.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { InputError } from "../engine/input-error.ts";
import { ALL_CAUSES, CAUSES, type Cause, type Causes } from "../network/causes.ts";
import { ablation } from "./ablation.ts";
import { EXPERIMENTS } from "./experiments.ts";
import { validationPage } from "./page.ts";
import { ablationTable, measuresTable } from "./tables.ts";
import { validate } from "./validation.ts";

const USAGE = `npm run validate -- [options]

  --measured PATH   folder of measurements (../shared/measured)
  --only LETTERS    replay these experiments only, as in AD
  --json            print the measures as JSON
  --html FILE       write a page with predicted against measured
  --without CAUSE   leave out a cause of the network model; may be given again
  --ablation        print what each cause is worth
  --help            print this

causes: ${CAUSES.join(", ")}`;

try {
  main();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  for (const problem of error.problems) console.error(`validate: ${problem}`);
  process.exitCode = 2;
}

function main(): void {
  const { measured, only, json, html, without, ablation: isAblation, help } = readArguments();
  if (help) {
    console.log(USAGE);
    return;
  }
  if (isAblation) {
    const rows = ablation(measured, (cause) => note(cause === null ? "all" : `without ${cause}`));
    console.log(json ? JSON.stringify({ ablation: rows }) : ablationTable(rows));
    return;
  }
  const validation = validate(measured, {
    causes: causesWithout(without),
    letters: lettersOf(only),
    onScenario: note,
  });
  const { measures, problems } = validation;
  console.log(json ? JSON.stringify({ measures }) : measuresTable(measures));
  if (html !== undefined) writeFileSync(html, validationPage(validation));
  if (problems.length > 0) {
    throw new InputError(problems.map((problem) => `left out: ${problem}`));
  }
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
