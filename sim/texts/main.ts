/**
 * `npm run experiments`: runs the committed experiments and writes what they come to into their texts.
 *
 * Exit: 0 written, 1 something outside stopped it, 2 the arguments, an experiment or a mark is wrong,
 * 130 stopped.
 */
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import { EXIT } from "../cli/exit.ts";
import { interrupts } from "../cli/interrupts.ts";
import { runProgress } from "../cli/run-progress.ts";
import { InputError } from "../engine/input-error.ts";
import { writeInto } from "../outcome/results/write-into.ts";
import { Interrupted, Unfinished } from "../runner/unfinished.ts";
import { isRecipe, unknownNames } from "./check.ts";
import { experimentSource } from "./experiment-source.ts";
import { goneNumbers } from "./gone-numbers.ts";
import { recipeSource } from "./recipe-source.ts";
import { renewed } from "./renew.ts";
import { SCALE, scaleSource } from "./scale-source.ts";
import type { Source } from "./source.ts";
import { FOLDER, readTexts, type Text, textOf } from "./text.ts";
import { longSources, wantedSources } from "./wanted.ts";

const USAGE = `npm run experiments [-- NAME… options]

Runs experiments/NAME.yaml, all of them or those named, and writes their fingerprints, tables and
figures between the marks of the texts. What has not changed is taken from results/.store.

  --all       those too that take minutes and are otherwise run only when named: LONG
  --jobs N    threads; all cores by default
  --out DIR   folder of all results (results)
  --quiet     say nothing of how far it has come
  --help      print this

NAME is a text's or an experiment's. How to write a text stands in experiments/README.md.`;

try {
  await main();
} catch (error) {
  if (error instanceof InputError) {
    for (const problem of error.problems) console.error(`experiments: ${problem}`);
    process.exitCode = EXIT.badInput;
  } else if (error instanceof Unfinished || error instanceof Interrupted) {
    console.error(`experiments: ${error.message}`);
    process.exitCode = error instanceof Unfinished ? EXIT.unfinished : EXIT.interrupted;
  } else throw error;
}

async function main(): Promise<void> {
  const { values: options, positionals: names } = readArguments();
  const texts = readTexts();
  const long = [...longSources(texts)];
  if (options.help) {
    console.log(USAGE.replace("LONG", long.join(", ")));
    return;
  }
  const wanted = wantedSources(texts, { names, all: options.all });
  const problems = unknownNames(texts);
  if (problems.length > 0) throw new InputError(problems);
  const signal = interrupts();
  const sources = new Map<string, Source>();
  for (const name of wanted) {
    console.error(`${name}:`);
    sources.set(name, await run(name, { ...options, signal: AbortSignal.any([signal]) }));
  }
  const wrong = texts.flatMap((text) => write(text, sources));
  if (wrong.length > 0) throw new InputError(wrong);
  const left = long.filter((name) => !wanted.includes(name));
  if (names.length === 0 && left.length > 0) {
    console.log(`not run, since they take minutes (--all): ${left.join(", ")}`);
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        all: { type: "boolean", default: false },
        jobs: { type: "string" },
        out: { type: "string", default: "results" },
        quiet: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new InputError([error instanceof Error ? error.message : String(error)]);
  }
}

async function run(
  name: string,
  options: {
    readonly jobs?: string;
    readonly out: string;
    readonly quiet: boolean;
    readonly signal: AbortSignal;
  },
): Promise<Source> {
  if (isRecipe(name)) return recipeSource(name, options.out);
  if (name === SCALE) return scaleSource();
  const { watcher, stop } = runProgress(options.quiet);
  return experimentSource(`${FOLDER}/${name}.yaml`, name, {
    ...options,
    jobs: options.jobs,
    watcher,
  }).finally(stop);
}

/** Writes a text and its figures, and says what a person should read again; returns what is wrong. */
function write(text: Text, sources: ReadonlyMap<string, Source>): readonly string[] {
  const { text: now, figures, problems, left } = renewed(text, sources);
  const changed = [...figures].filter(([file, svg]) => contentIn(file) !== svg);
  for (const [file, svg] of changed) put(file, svg);
  for (const place of left) console.log(place);
  for (const [file] of changed) console.log(`${file}: drawn anew`);
  if (now === text.text) return problems;
  put(text.file, now);
  console.log(`${text.file}: written anew`);
  for (const line of goneNumbers(text, textOf(text.file, now))) console.log(line);
  return problems;
}

function put(file: string, content: string): void {
  writeInto(dirname(file), new Map([[basename(file), content]]));
}

function contentIn(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
