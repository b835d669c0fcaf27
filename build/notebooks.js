/**
 * Builds the notebooks: each of `notebooks/*.html` becomes one file that opens from a disk, without a
 * network, in `notebooks/dist/`.
 *
 *   npm run notebooks                     all of them
 *   npm run notebooks -- flash-crowd      one, or some
 *   npm run notebooks -- --check          and opens each in a browser: exit 1 if anything fails there
 *   npm run notebooks -- --force          runs experiments again of which the store has results
 *   npm run notebooks -- --watch          a server on this machine that follows every change
 *
 * Needs the built simulator (`npm run build`), which reads and runs the experiments.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, createServer } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { surprisesIn } from "./notebooks/check.js";
import { kit } from "./notebooks/kit.js";
import { localData } from "./notebooks/local-data.js";
import { typeProblems } from "./notebooks/types.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: "boolean", default: false },
    force: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
    source: { type: "string", default: join(root, "notebooks") },
    out: { type: "string" },
  },
});
const source = resolve(options.source);
const out = resolve(options.out ?? join(source, "dist"));
const all = readdirSync(source)
  .filter((name) => name.endsWith(".html"))
  .map((name) => basename(name, ".html"));
const names = positionals.length === 0 ? all : positionals;

const mistakes = [
  ...names
    .filter((name) => !all.includes(name))
    .map((name) => `unknown notebook: ${name}; known: ${all.join(", ")}`),
  ...(existsSync(join(root, "dist/cli/main.js")) ? [] : ["missing dist/: run `npm run build`"]),
];
if (mistakes.length > 0) fail(2, mistakes);

process.chdir(root); // From here experiments and recipes count the paths they name.
if (options.watch) await serve();
else await buildAll();

async function buildAll() {
  const files = names.map((name) => join(source, `${name}.html`));
  const problems = typeProblems(root, files);
  if (problems.length > 0) fail(1, problems);
  for (const name of names) {
    const page = join(out, `${name}.html`);
    await buildOne(join(source, `${name}.html`));
    const megabytes = (statSync(page).size / 1e6).toFixed(1);
    console.log(`${relative(root, page)}  ${megabytes} MB`);
  }
  if (!options.check) return;
  const surprises = await surprisesIn(names.map((name) => join(out, `${name}.html`)));
  if (surprises.length > 0) fail(1, surprises);
}

async function buildOne(input) {
  await build({
    ...settings([viteSingleFile({ removeViteModuleLoader: true })]),
    logLevel: "warn",
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "esnext", // What runs the simulator is a browser of today.
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input, checks: { pluginTimings: false } },
    },
  });
}

async function serve() {
  const server = await createServer({
    ...settings([]),
    base: "/",
    server: { fs: { allow: [root, source] } },
  });
  await server.listen();
  for (const name of names) console.log(`${server.resolvedUrls.local[0]}${name}.html`);
}

/** What every build and the server have in common. */
function settings(plugins) {
  const { alias, plugins: ofKit } = kit(join(root, "notebooks/page"));
  return {
    configFile: false,
    root: source,
    cacheDir: join(out, ".vite"),
    base: "./",
    appType: "mpa",
    resolve: { alias },
    plugins: [...ofKit, localData({ root, force: options.force }), ...plugins],
  };
}

function fail(code, problems) {
  for (const problem of problems) console.error(problem);
  process.exit(code);
}
