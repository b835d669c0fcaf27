/**
 * Builds the notebooks: each of `notebooks/*.html` becomes one file that opens from a disk, without a
 * network, in `notebooks/dist/`.
 *
 *   npm run notebooks                     all of them
 *   npm run notebooks -- flash-crowd      one, or some
 *   npm run notebooks -- --watch          a server on this machine that follows every change
 *   npm run notebooks -- --force          runs the experiments again whose results they read
 *
 * Needs the built simulator (`npm run build`), which reads and runs the experiments.
 */
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, createServer } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { kit } from "./notebooks/kit.js";
import { localData } from "./notebooks/local-data.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "notebooks");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    watch: { type: "boolean", default: false },
    force: { type: "boolean", default: false },
    out: { type: "string", default: join(source, "dist") },
  },
});

const all = readdirSync(source)
  .filter((name) => name.endsWith(".html"))
  .map((name) => basename(name, ".html"));
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0 || !existsSync(join(root, "dist/cli/main.js"))) {
  for (const name of unknown) {
    console.error(`unknown notebook: ${name}; known: ${all.join(", ")}`);
  }
  if (unknown.length === 0) console.error("missing dist/: run `npm run build` first");
  process.exit(2);
}

// What experiments and recipes name is named from here.
process.chdir(root);

/** What every build and the server have in common. */
function settings(plugins) {
  const { base, resolve } = kit({ source });
  const shared = [...base.plugins, localData({ root, force: options.force }), ...plugins];
  return {
    configFile: false,
    root: source,
    base: "./",
    appType: "mpa",
    logLevel: "warn",
    resolve,
    plugins: shared,
  };
}

if (options.watch) {
  const server = await createServer({
    ...settings([]),
    logLevel: "info",
    base: "/",
    server: { fs: { allow: [root] } },
  });
  await server.listen();
  for (const name of all) console.log(`${server.resolvedUrls.local[0]}${name}.html`);
} else {
  mkdirSync(options.out, { recursive: true });
  for (const name of positionals.length === 0 ? all : positionals) {
    await build({
      ...settings([viteSingleFile({ removeViteModuleLoader: true })]),
      build: {
        outDir: options.out,
        emptyOutDir: false,
        // The engine's ceiling of today: what runs the simulator needs no older syntax.
        target: "esnext",
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        chunkSizeWarningLimit: 10_000,
        rolldownOptions: {
          input: join(source, `${name}.html`),
          checks: { pluginTimings: false },
        },
      },
    });
    const file = join(options.out, `${name}.html`);
    const megabytes = (statSync(file).size / 1e6).toFixed(1);
    console.log(`${relative(root, file)}  ${megabytes} MB`);
  }
}
