/** Runs tests of mutants, one after another, as the process that has started it says. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import type { configureGlobal } from "fast-check";
import type { Answer, Covered, Task } from "./task.ts";

/** Of Stryker's instrumenter: what the instrumented sources read and write. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

const globals = globalThis as { __stryker__?: Switch; __mutantsRun__?: () => void };

const NAMES = ["covering", "plain"] as const;
const [folder = ".", seed = "2008"] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const fc = require("fast-check") as { configureGlobal: typeof configureGlobal };
const scripts = new Map(
  NAMES.map((name) => [name, new Script(readFileSync(`${folder}/${name}.js`, "utf8"))]),
);
const again = new Script("__mutantsRun__()");

interface Test {
  readonly path: string;
  readonly name: string;
  readonly act: () => unknown;
}

/** All tests, in a world of their own. */
function world(name: (typeof NAMES)[number]): Test[] {
  const tests: Test[] = [];
  const define = scripts.get(name)?.runInThisContext() as (
    require: NodeJS.Require,
    collect: (path: string, name: string, act: () => unknown) => void,
  ) => void;
  define(require, (path, name, act) => tests.push({ path, name, act }));
  return tests;
}

/** Of each property, as far as it does not say so itself: a quarter, for the mutants that live through all. */
const RUNS = 25;

/** Calls `act`; throws what it throws, and when it takes more milliseconds. */
function within(milliseconds: number, act: () => void): void {
  globals.__mutantsRun__ = act;
  again.runInThisContext({ timeout: milliseconds });
}

/** The same, but gives a second try: on a machine that does other things the first proves nothing. */
function surelyWithin(milliseconds: number, act: () => void): void {
  try {
    within(milliseconds, act);
  } catch (error) {
    if (!isLate(error)) throw error;
    within(milliseconds, act);
  }
}

function isLate(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}

function run({ act, name }: Test): void {
  const result = act();
  if (result instanceof Promise)
    throw new TypeError(`expected a test that does not wait; got ${name}`);
}

/**
 * Runs all tests, without a mutant: how long each takes, and which mutants it reaches how often; the name
 * of the first that fails.
 */
function survey(): Covered[] | string {
  fc.configureGlobal({ seed: Number(seed), numRuns: RUNS });
  const state: Switch = { mutantCoverage: { static: {}, perTest: {} } };
  globals.__stryker__ = state;
  const covered: Covered[] = [];
  for (const [at, test] of world("covering").entries()) {
    state.currentTestId = `test ${at}`;
    const from = process.hrtime.bigint();
    try {
      run(test);
    } catch {
      return test.name;
    }
    const milliseconds = Number(process.hrtime.bigint() - from) / 1e6;
    const hits = state.mutantCoverage?.perTest[`test ${at}`] ?? {};
    covered.push({ path: test.path, name: test.name, milliseconds, hits: Object.entries(hits) });
  }
  const always = Object.keys(state.mutantCoverage?.static ?? {});
  for (const each of covered) {
    const known = new Set(each.hits.map(([mutant]) => mutant));
    for (const mutant of always) if (!known.has(mutant)) each.hits.push([mutant, 0]);
  }
  return covered;
}

/** Runs the mutant's tests until one fails. */
function judge({ mutant, tests }: Extract<Task, { mutant: string }>): Answer {
  fc.configureGlobal({ seed: Number(seed), numRuns: RUNS, endOnFailure: true });
  const state: Switch = { activeMutant: mutant };
  globals.__stryker__ = state;
  let name = "";
  try {
    let all: Test[] = [];
    within(10_000, () => {
      all = world("plain");
    });
    for (const { at, milliseconds, hits } of tests) {
      const test = all[at];
      if (test === undefined) return { outcome: "killed", by: "tests that are missing" };
      name = test.name;
      state.hitLimit = 1000 + 100 * hits;
      surelyWithin(Math.ceil(2000 + 20 * milliseconds), () => {
        state.hitCount = 0;
        run(test);
      });
    }
    return { outcome: "survived", by: "" };
  } catch (error) {
    const ranAway = String(error).includes("Hit count limit reached");
    return { outcome: isLate(error) || ranAway ? "endless" : "killed", by: name };
  }
}

process.on("message", (task: Task) => {
  process.send?.("mutant" in task ? judge(task) : survey());
});
