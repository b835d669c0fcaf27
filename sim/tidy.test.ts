/** Checks properties of the source itself: who may import whom, and what is banned. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { deadFiles } from "./testing/dead-files.ts";

const CORE = ["policies", "coordinator", "engine", "network", "workload", "model", "metrics"];

/** What those stand on who use results. */
const RESULTS = [...CORE, "rows", "experiment", "runner", "report", "outcome"];

/** For each folder of sim/, the other folders it may import. A missing arrow is a design decision. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  policies: [],
  coordinator: ["policies"],
  engine: [],
  network: ["engine"],
  workload: ["coordinator", "engine"],
  model: ["coordinator", "engine", "network", "policies", "workload"],
  metrics: ["engine", "model", "network", "policies", "workload"],
  rows: ["engine", "model", "policies", "workload"],
  experiment: [...CORE, "rows"],
  bound: ["model", "network", "workload"],
  runner: [...CORE, "rows", "bound", "experiment"],
  report: ["engine", "experiment", "metrics", "workload"],
  outcome: [...CORE, "rows", "bound", "experiment", "runner", "report"],
  gate: RESULTS,
  explain: RESULTS,
  sweep: RESULTS,
  search: RESULTS,
  replay: [...CORE, "experiment", "runner", "live"],
  validate: ["engine", "model", "network", "report"],
  live: ["coordinator", "engine", "experiment", "policies", "report", "workload"],
  bench: [...RESULTS, "live"],
  cli: [...RESULTS, "gate", "explain", "sweep", "search", "replay", "live"],
  texts: [...RESULTS, "bench", "cli"],
  testing: [...RESULTS, "replay", "live", "cli", "bench"],
};

/** What notebooks run in a browser, and so imports nothing of Node's. */
const RUNS_IN_BROWSERS =
  /^(policies|coordinator|engine|network|model|metrics|workload(?!\/(files|import|trace\/(compiled|export))\/))\//;

/** Ambient chance and time make a run unrepeatable. Each ban names its replacement. */
const BANNED = [
  { code: /\bMath\.random\b/, use: "a named stream from engine/random.ts" },
  { code: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, use: "engine.now" },
  { code: /\bset(?:Timeout|Interval|Immediate)\(/, use: "engine.after" },
  { code: /\bprocess\.env\b/, use: "the experiment's config" },
] as const;

/**
 * An oracle is the plain version of something fast, kept for what checks or measures the fast one:
 * tests, what tests share, benchmarks and other oracles.
 */
const IS_ORACLE = /\.oracle\.ts$/;
const MAY_ASK_ORACLES = /^bench\/|(?:^|\/)testing\.ts$|\.(?:test|oracle)\.ts$/;

/** What hosts run too, and so has the same bytes in every engine; helpers of tests are not shipped. */
const IS_SHIPPED = /^(policies|coordinator)\/(?!(.*\/)?testing\.ts$)/;

/** What ECMA-262 leaves to the engine: all of Math but what IEEE 754 or whole numbers settle. */
const INEXACT = {
  code: /\bMath\b(?!\.(?:abs|ceil|clz32|floor|fround|imul|max|min|random|round|sign|sqrt|trunc|[A-Z\d_]+)\b)(?:\.\w+)?|\*\*/,
  use: "policies/portable-math.ts",
} as const;

/** Where there is a world outside the simulation. */
const IS_OUTSIDE = /^(bench|cli|live|testing|texts)\//;

/** What tests share. */
const HELPS_TESTS = /(?:^|\/)testing\.ts$/;

const MAX_LINES = 350;

/** Folders beside sim/ whose files lead into it. */
const OUTSIDE = ["bin", "build", "examples", "notebooks", "traces"];

/** What leads into the source, besides those. */
const ENTRIES = [
  "package.json",
  "sim/bench/qiu-srikant.ts", // By hand, for experiments/papers/qiu-srikant.md.
  "sim/bench/memory-run.ts", // By hand, when the constants of runner/memory-estimate.ts are measured.
  "sim/live/pieces/block-matcher.ts", // For volunteers' software, which is to come: what reads signatures.
];

/** All that is untidy in the file at `path` below sim/. */
function tidy(path: string, source: string): string[] {
  const lines = source.split("\n");
  return [
    ...wholeFile(path, source),
    ...lines.flatMap((line, index) => oneLine(path, line, index)),
  ];
}

function wholeFile(path: string, source: string): string[] {
  const folder = folderOf(path);
  const lines = source.trimEnd().split("\n").length;
  const isRun = !isTest(path) || /^\s*\w+\.run\(\);$/m.test(source);
  return [
    ...when(folder !== "" && !(folder in ALLOWED), `${path}: unknown folder: ${folder}`),
    ...when(lines > MAX_LINES, `${path}: ${lines} lines; more than ${MAX_LINES}`),
    ...when(!isRun, `${path}: no suite is run; uvu would pass this file with 0 tests`),
  ];
}

function oneLine(path: string, line: string, index: number): string[] {
  const where = `${path}:${index + 1}`;
  const specifier = /(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/.exec(line)?.[1];
  return [
    ...(specifier === undefined
      ? []
      : [...importOf(specifier, path), ...oracleIn(specifier, path)]),
    ...bansIn(withoutProse(line), path),
  ].map((problem) => `${where}: ${problem}`);
}

function importOf(specifier: string, path: string): string[] {
  const folder = folderOf(path);
  const isFree = isTest(path) || HELPS_TESTS.test(path);
  const isBound = folder !== "" && (!isFree || folder === "policies");
  if (!isBound) return []; // Other tests, and what they share, may import anything.
  if (!specifier.startsWith(".")) {
    const isPure = IS_SHIPPED.test(path) && !isTest(path);
    const isBrowser = RUNS_IN_BROWSERS.test(path) && !isTest(path);
    return [
      ...when(isPure, `${folder} may not import packages`),
      ...when(isBrowser && specifier.startsWith("node:"), `${specifier} does not run in browsers`),
    ];
  }
  const target = folderOf(posix.join(posix.dirname(path), specifier));
  const isAllowed = target === folder || (ALLOWED[folder] ?? []).includes(target);
  return when(!isAllowed, `${folder} may not import ${target || specifier}`);
}

function oracleIn(specifier: string, path: string): string[] {
  const isWrong = IS_ORACLE.test(specifier) && !MAY_ASK_ORACLES.test(path);
  return when(isWrong, `${specifier} is an oracle, which only tests and benchmarks ask`);
}

function bansIn(code: string, path: string): string[] {
  if (isTest(path)) {
    const shunned = /\b\w+\.(?:only|skip)\(/.exec(code)?.[0];
    return shunned === undefined ? [] : [`${shunned} leaves tests out`];
  }
  if (IS_OUTSIDE.test(path)) return [];
  const bans = IS_SHIPPED.test(path) ? [...BANNED, INEXACT] : BANNED;
  return bans.flatMap(({ code: banned, use }) => {
    const found = banned.exec(code)?.[0];
    return found === undefined ? [] : [`${found} is banned, use ${use}`];
  });
}

/** The line without comments and texts, which may speak of what is banned. */
function withoutProse(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\/\/.*|^\s*\/?\*.*/g, "");
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}

function when(condition: boolean, problem: string): string[] {
  return condition ? [problem] : [];
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Source files below a folder, by their path from the root. */
function sourcesIn(folder: string): string[] {
  return readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.(?:[jt]sx?|html)$/.test(path) && !/\/dist\//.test(path))
    .sort();
}

function sourceOf(path: string): string {
  return readFileSync(`${ROOT}/${path}`, "utf8");
}

test("sim/ is tidy", () => {
  const paths = sourcesIn("sim");
  assert.ok(paths.length > 0);
  assert.equal(
    paths.flatMap((path) => tidy(path.slice("sim/".length), sourceOf(path))),
    [],
  );
});

test("no file of sim/ is dead", () => {
  const outside = OUTSIDE.flatMap(sourcesIn);
  const entries = [...ENTRIES, ...outside];
  const paths = new Set([...entries, ...sourcesIn("sim")]);
  const sources = new Map(Array.from(paths, (path) => [path, sourceOf(path)] as const));
  assert.equal(deadFiles(sources, entries), []);
});

const CASES: readonly (readonly [path: string, source: string, problem: string])[] = [
  [
    "policies/dispatch/x.ts",
    'import { Engine } from "../../engine/engine.ts";',
    ":1: policies may not import engine",
  ],
  ["policies/x.ts", 'import { load } from "../load.ts";', ":1: policies may not import ../load.ts"],
  ["policies/x.ts", 'import { max } from "d3-array";', ":1: policies may not import packages"],
  [
    "coordinator/x.ts",
    'import { max } from "d3-array";',
    ":1: coordinator may not import packages",
  ],
  ["coordinator/x.ts", 'import { bind } from "../policies/index.ts";', ""],
  ["bound/testing.ts", 'import { streams } from "../engine/random.ts";', ""],
  [
    "policies/testing.ts",
    'import { streams } from "../engine/random.ts";',
    ":1: policies may not import engine",
  ],
  [
    "coordinator/x.ts",
    'import { Engine } from "../engine/engine.ts";',
    ":1: coordinator may not import engine",
  ],
  ["model/x.ts", "const kept = Math.exp(-age);", ""],
  [
    "coordinator/x.ts",
    "const kept = Math.exp(-age);",
    ":1: Math.exp is banned, use policies/portable-math.ts",
  ],
  [
    "policies/dispatch/x.ts",
    "const way = Math.hypot(north, east) + Math.abs(up);",
    ":1: Math.hypot is banned, use policies/portable-math.ts",
  ],
  ["policies/x.ts", "const { log2 } = Math;", ":1: Math is banned, use policies/portable-math.ts"],
  ["policies/x.ts", "const KIB = 2 ** 10;", ":1: ** is banned, use policies/portable-math.ts"],
  ["policies/x.ts", "const area = Math.PI * Math.sqrt(r) * Math.fround(r); // r ** 2", ""],
  ["policies/x.ts", "/** e ** x, not by Math.exp. */", ""],
  ["policies/x.test.ts", "const KIB = 2 ** 10;\ntest.run();", ""],
  ["policies/dispatch/testing.ts", "const gap = -Math.log(1 - random());", ""],
  [
    "model/x.ts",
    'import { a } from "./y.ts";\nimport("../cli/x.ts");',
    ":2: model may not import cli",
  ],
  ["runner/x.ts", 'export { a } from "../live/x.ts";', ":1: runner may not import live"],
  [
    "engine/x.ts",
    'import assert from "node:assert/strict";',
    ":1: node:assert/strict does not run in browsers",
  ],
  ["workload/x.ts", 'import "node:fs";', ":1: node:fs does not run in browsers"],
  ["workload/files/x.ts", 'import "node:fs";', ""],
  ["workload/import/formats/x.ts", 'import "node:fs";', ""],
  ["workload/trace/x.ts", 'import "node:fs";', ":1: node:fs does not run in browsers"],
  ["model/x.test.ts", 'import "node:fs";\nimport "../cli/x.ts";\ntest.run();', ""],
  [
    "model/x.ts",
    "\nconst roll = Math.random();",
    ":2: Math.random is banned, use a named stream from engine/random.ts",
  ],
  ["model/x.ts", "const now = new Date();", ":1: new Date() is banned, use engine.now"],
  [
    "runner/x.ts",
    'import { rows } from "../outcome/rows.ts";',
    ":1: runner may not import outcome",
  ],
  ["runner/x.ts", "setTimeout(stop, 1);", ":1: setTimeout( is banned, use engine.after"],
  [
    "runner/x.ts",
    "const { HOME } = process.env;",
    ":1: process.env is banned, use the experiment's config",
  ],
  ["cli/x.ts", "const { HOME } = process.env;", ""],
  ["model/x.ts", "// Not Math.random: see random.ts.", ""],
  ["model/x.ts", ' * Not Math.random.\nconst text = "Math.random";', ""],
  [
    "model/x.test.ts",
    "test('x', () => {});",
    ": no suite is run; uvu would pass this file with 0 tests",
  ],
  ["model/x.test.ts", "test.only('x', () => {});\ntest.run();", ":1: test.only( leaves tests out"],
  ["model/x.test.ts", "test.skip('x', () => {});\ntest.run();", ":1: test.skip( leaves tests out"],
  [
    "network/x.ts",
    'import { rates } from "./rates.oracle.ts";',
    ":1: ./rates.oracle.ts is an oracle, which only tests and benchmarks ask",
  ],
  ["network/x.test.ts", 'import { rates } from "./rates.oracle.ts";\ntest.run();', ""],
  ["network/testing.ts", 'import { rates } from "./rates.oracle.ts";', ""],
  ["network/y.oracle.ts", 'import { rates } from "./rates.oracle.ts";', ""],
  ["bench/x.ts", 'import { rates } from "../network/rates.oracle.ts";', ""],
  ["modle/x.ts", "", ": unknown folder: modle"],
  ["model/x.ts", "a\n".repeat(350), ""],
  ["model/x.ts", "a\n".repeat(351), ": 351 lines; more than 350"],
];

for (const [path, source, problem] of CASES) {
  const line = source.trim().split("\n").at(-1)?.slice(0, 60);
  test(`tidy says of ${path} with ${line || "nothing"}: ${problem || "fine"}`, () => {
    assert.is(tidy(path, source).join("\n"), problem === "" ? "" : path + problem);
  });
}

test.run();
