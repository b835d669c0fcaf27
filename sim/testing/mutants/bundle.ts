import { readFileSync } from "node:fs";
import { build } from "esbuild";

/**
 * The tests of these files and all that they run as one script: an expression that is a function of
 * `require` and of a collector, which gets every test with its file, and runs none. What is called twice
 * has two states, so that no mutant sees what another left.
 *
 * @param sources By path: what stands in place of the file's own source.
 */
export async function bundle(
  tests: readonly string[],
  sources: ReadonlyMap<string, string>,
): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: tests.map((path) => `import ${JSON.stringify(path)};`).join("\n"),
      resolveDir: "/",
    },
    ...{ bundle: true, write: false, format: "cjs", platform: "node", target: "node20" },
    ...{ external: ["fast-check", "uvu/assert"], logLevel: "error", sourcemap: false },
    plugins: [
      {
        name: "mutants",
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^uvu$/ }, ({ importer }) => ({
            path: importer,
            namespace: "collector",
          }));
          onLoad({ filter: /.*/, namespace: "collector" }, ({ path }) => ({
            contents: collectorFor(path),
          }));
          onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            contents: sources.get(path) ?? readFileSync(path, "utf8"),
            loader: "ts",
          }));
        },
      },
    ],
  });
  return `(function (require, collect) { const module = { exports: {} }; ${outputFiles[0].text}\n})`;
}

/** What a test file gets for uvu. */
function collectorFor(path: string): string {
  return `
    export const test = (name, act) => collect(${JSON.stringify(path)}, name, act);
    test.run = () => {};
  `;
}
