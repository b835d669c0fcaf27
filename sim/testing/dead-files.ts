import { posix } from "node:path";

/** What the tests alone may use: what they share, their oracles, and all that is in this folder. */
const IS_FOR_TESTS = /^sim\/testing\/|\/testing\.ts$|\.oracle\.ts$/;

const IS_TEST = /\.test\.ts$/;

/**
 * Files of `sim/` that nothing uses: no entry leads to them, and to those for tests no test does.
 *
 * A file leads to whatever a text in it names, in its imports, in the address of a worker or in the
 * command that starts a program: from its own folder, from the root, from `sim/` or in `dist/`. A name
 * in a comment is no use.
 *
 * @param sources The files by their path from the root.
 */
export function deadFiles(
  sources: ReadonlyMap<string, string>,
  entries: readonly string[],
): string[] {
  const paths = [...sources.keys()];
  const used = reached(sources, entries);
  const usedByTests = reached(
    sources,
    paths.filter((path) => IS_TEST.test(path)),
  );
  return paths.filter((path) => {
    if (!path.startsWith("sim/") || IS_TEST.test(path) || path.endsWith(".d.ts")) return false;
    return !used.has(path) && !(IS_FOR_TESTS.test(path) && usedByTests.has(path));
  });
}

/** All that these files lead to, and they themselves. */
function reached(sources: ReadonlyMap<string, string>, starts: readonly string[]): Set<string> {
  const found = new Set(starts);
  for (const path of found) {
    for (const next of namedIn(path, sources)) found.add(next); // The loop visits these too.
  }
  return found;
}

function namedIn(path: string, sources: ReadonlyMap<string, string>): string[] {
  const code = (sources.get(path) ?? "").replace(COMMENT, "");
  const texts = code.match(TEXT)?.join(" ") ?? "";
  return (texts.match(NAME) ?? []).flatMap((name) =>
    [posix.dirname(path), ".", "sim"]
      .map((folder) => asSource(posix.join(folder, name), sources))
      .filter((each) => sources.has(each)),
  );
}

// A comment after code is left: nothing is named there in quotes, and an address has two strokes too.
const COMMENT = /^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*)/gm;
const TEXT = /"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g;
const NAME = /[\w./-]+\.[jt]sx?\b/g;

/** Where the source is of what is built, or is named as if it were. */
function asSource(name: string, sources: ReadonlyMap<string, string>): string {
  if (sources.has(name)) return name;
  return name.replace(/^dist\//, "sim/").replace(/\.js$/, ".ts");
}
