/**
 * Makes what `mirrorlab/policies` is: one module without dependencies, its source map and its types,
 * in `dist/` or in the folder given as argument.
 *
 * The modules are those that the simulator runs. They are joined and minified, and the sentences
 * for people (summary, source) are left out, which nothing decides by: `sim policies` prints them,
 * and the types say that they may be absent.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rolledTypes } from "./types.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = process.argv[2] ?? join(root, "dist");

await build({
  entryPoints: [join(root, "sim/policies/index.ts")],
  outfile: join(out, "policies.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  lineLimit: 200, // So that the line of a stack trace says something even without the map.
  sourcemap: "linked",
  plugins: [{ name: "without-sentences", setup: leaveSentencesOut }],
});
writeFileSync(join(out, "policies.d.ts"), rolledTypes(root));

function leaveSentencesOut({ onLoad }) {
  onLoad({ filter: /[\\/]policies[\\/].*\.ts$/ }, ({ path }) => ({
    contents: withoutSentences(readFileSync(path, "utf8")),
    loader: "ts",
  }));
}

/** Without a policy's summary and source, and the last argument that describes a param. */
function withoutSentences(source) {
  return source
    .replace(/^ +(?:summary|source):\s+(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`),$/gm, "")
    .replace(/(\b(?:bytes|bytesPerSecond|seconds|count|ratio)\([^"()]*?),\s*"[^"\n]*"/g, "$1");
}
