/** Builds notebooks as readers do, good ones and bad ones, and looks at them in a browser. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { intervalText, type Results, runText } from "../../notebooks/lib/results.ts";
import { SMALL_EXPERIMENT, sim } from "../cli/testing.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const notebooks = join(root, "notebooks");
const hasBrowser = existsBrowser();

const test = suite<{ folder: string }>("notebooks");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "mirrorlab-notebooks-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

function built(...args: string[]) {
  const script = join(root, "build/notebooks.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

/** Builds a notebook of one cell of code, and a text behind it. */
function builtCell(folder: string, code: string, text = "A text.") {
  const cells = [
    `<script id="1" type="text/x-typescript">\n${code}\n</script>`,
    `<script id="2" type="text/markdown">\n${text}\n</script>`,
  ];
  writeFileSync(
    join(folder, "own.html"),
    `<!doctype html><notebook><title>Own</title>${cells.join("")}</notebook>`,
  );
  return built("--check", "--source", folder, "--out", join(folder, "out"));
}

test("a notebook becomes one page without addresses, which works from a disk", ({ folder }) => {
  // The one that needs no results of an experiment.
  const { status, said } = built("trace-anatomy", "--check", "--out", folder);
  assert.is(status, 0, said);
  assert.equal(readdirSync(folder), ["trace-anatomy.html"]);
  const page = readFileSync(join(folder, "trace-anatomy.html"), "utf8");
  assert.ok(page.length < 4e6, `${page.length} bytes`);
  assert.not.match(page, /<(script|link|img)[^>]+(src|href)="?https?:/);
  assert.not.match(page, /\bimport\(?["']https?:/);
  assert.not.match(page, "jsdelivr");
});

test("every notebook is listed in the README, with cells that are numbered once", () => {
  const readme = readFileSync(join(notebooks, "README.md"), "utf8");
  for (const name of readdirSync(notebooks).filter((file) => file.endsWith(".html"))) {
    assert.match(readme, `\`${name}\``);
    const text = readFileSync(join(notebooks, name), "utf8");
    const ids = [...text.matchAll(/<script id="(\d+)"/g)].map(([, id]) => id);
    assert.equal(ids, [...new Set(ids)]);
    assert.not.match(text, /from "(https?|npm|jsr):/);
  }
});

test("a notebook reads of results what its types promise, lower bounds among it", async ({
  folder,
}) => {
  const file = join(folder, "small.yaml");
  // Nobody gets every file within five minutes, so that all quantiles of visits stand there.
  const text = SMALL_EXPERIMENT.replace(
    "[origin-only, random, round-robin, least-loaded, tracker-informed]",
    "[origin-only]",
  ).replace("measure: { from: 6 h }", "measure: { from: 6 h, horizon: 5 min }");
  writeFileSync(file, text);
  const { code, stderr } = sim("run", file, "--replications", "2", "--quiet", "--out", folder);
  assert.is(code, 0, stderr);
  const [name] = readdirSync(join(folder, "small"));
  const { rowsOf } = (await import(join(root, "build/notebooks/result-rows.js"))) as {
    rowsOf: (given: object) => Promise<Results>;
  };
  const built = (module: string) => import(join(root, "dist", module));
  const results = await rowsOf({ folder: join(folder, "small", name), file, built });
  const [cell] = results.cells;
  assert.equal([results.horizon, results.cells.length, cell.policy], [300, 1, "origin-only"]);
  assert.equal(
    [cell.visits, cell.delays].map(({ length }) => length),
    [results.shares.length, results.shares.length],
  );
  assert.is(cell.visits.at(-1), 300);
  assert.is(cell.metrics["visit.p95"]?.isAtLeast, true);
  assert.is(intervalText(cell, "visit.p95", "s"), "> 5.00 min");
  const metrics = { "visit.p95": 300, "visit.mean": 300, "sync.age": null } as never;
  assert.is(runText(metrics, "visit.p95", 300), "> 5.00 min");
  assert.is(runText(metrics, "visit.mean", 300), "5.00 min");
  assert.is(runText(metrics, "sync.age", 300), "–");
});

const FAULTS = [
  {
    fault: "a cell of the wrong type",
    code: 'const size: number = "large";',
    said: /own\.ts.*error TS2322/,
  },
  {
    fault: "a text with a name that nobody defines",
    code: "const size = 1;",
    text: `It is \${sizes}.`,
    said: /own\.ts.*error TS2304|error TS2552/,
  },
  {
    fault: "an import from a network",
    code: '// @ts-ignore\nimport x from "https://example.org/x.js";\ndisplay(x);',
    said: /expected a module that runs in browsers, from here; got https:\/\/example\.org/,
  },
  {
    fault: "an import of Node's",
    code: 'import { readFileSync } from "node:fs";\ndisplay(readFileSync);',
    said: /expected a module that runs in browsers, from here; got node:fs/,
  },
];

for (const { fault, code, text, said: expected } of FAULTS) {
  test(`${fault} fails the build`, ({ folder }) => {
    const { status, said } = builtCell(folder, code, text);
    assert.is(status, 1, said);
    assert.match(said, expected);
  });
}

test("a cell that fails in the browser fails the check", ({ folder }) => {
  if (!hasBrowser) return;
  const { status, said } = builtCell(folder, 'throw new Error("planted");');
  assert.is(status, 1);
  assert.match(said, /own\.html: a cell failed: Error: planted/);
});

test("an unknown notebook is a mistake that names those there are", () => {
  const { status, said } = built("flash-crowds");
  assert.is(status, 2);
  assert.match(said, /unknown notebook: flash-crowds; known: chunk-size, flash-crowd/);
});

function existsBrowser(): boolean {
  const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return spawnSync(chromium, ["--version"]).status === 0;
}

test.run();
