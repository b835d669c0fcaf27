import { test } from "uvu";
import * as assert from "uvu/assert";
import { deadFiles } from "./dead-files.ts";

const CASES: readonly (readonly [
  sentence: string,
  files: Readonly<Record<string, string>>,
  dead: readonly string[],
])[] = [
  [
    "an entry and what it imports are alive, however far",
    {
      "bin/sim.js": 'await import("../dist/cli/main.js");',
      "sim/cli/main.ts": 'import { run } from "./run.ts";',
      "sim/cli/run.ts": 'import type { Run } from "../model/run.ts";',
      "sim/model/run.ts": 'export * from "./walk.ts";',
      "sim/model/walk.ts": "",
    },
    [],
  ],
  [
    "a file that nobody imports is dead, and so is what only it imports",
    {
      "bin/sim.js": "",
      "sim/model/lost.ts": 'import "./more.ts";',
      "sim/model/more.ts": "",
    },
    ["sim/model/lost.ts", "sim/model/more.ts"],
  ],
  [
    "two that import each other keep nobody alive",
    {
      "bin/sim.js": "",
      "sim/model/one.ts": 'import "./other.ts";',
      "sim/model/other.ts": 'import "./one.ts";',
    },
    ["sim/model/one.ts", "sim/model/other.ts"],
  ],
  [
    "a worker is alive by its address, and a program by the command that starts it",
    {
      "bin/sim.js": 'new URL("../sim/runner/worker.js", import.meta.url);',
      "sim/runner/worker.ts": 'spawn("node", ["--import tsx sim/bench/main.ts --quick"]);',
      "sim/bench/main.ts": "run(`scale.ts`);",
      "sim/bench/scale.ts": "",
    },
    [],
  ],
  [
    "to be named in a comment is not to be used",
    {
      "bin/sim.js": '/** See "../sim/model/a.ts". */\n// import "../sim/model/b.ts";',
      "sim/model/a.ts": "",
      "sim/model/b.ts": "",
    },
    ["sim/model/a.ts", "sim/model/b.ts"],
  ],
  [
    "a cell of a notebook and a script of the package are entries too",
    {
      "notebooks/crowd.html": '<script>import { a } from "../sim/model/a.ts";</script>',
      "package.json": '{ "scripts": { "bench": "node --import tsx sim/bench/main.ts" } }',
      "sim/bench/main.ts": "",
      "sim/model/a.ts": "",
    },
    [],
  ],
  [
    "a file that only its test uses is dead",
    { "sim/model/a.test.ts": 'import { a } from "./a.ts";', "sim/model/a.ts": "" },
    ["sim/model/a.ts"],
  ],
  [
    "an oracle is alive while a test asks it, and so is what tests share",
    {
      "sim/model/a.test.ts": 'import "./a.oracle.ts";\nimport "./testing.ts";',
      "sim/model/a.oracle.ts": "",
      "sim/model/b.oracle.ts": "",
      "sim/model/testing.ts": 'import "../testing/summary.ts";\nimport "./c.ts";',
      "sim/model/c.ts": "",
      "sim/testing/summary.ts": "",
    },
    ["sim/model/b.oracle.ts", "sim/model/c.ts"],
  ],
];

for (const [sentence, files, dead] of CASES) {
  test(sentence, () => {
    const sources = new Map(Object.entries(files));
    const entries = [...sources.keys()].filter((path) => !path.startsWith("sim/"));
    assert.equal(deadFiles(sources, entries), dead);
  });
}

test.run();
