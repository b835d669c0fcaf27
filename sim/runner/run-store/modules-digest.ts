import { existsSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { sha256 } from "../../experiment/file-digest.ts";

/** What follows `from` or `import`, also in calls; a match in prose names no file and is passed over. */
const SPECIFIER = /\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g;

/**
 * Digest of a module and of every module that it reaches by relative imports, with the versions of the
 * packages that any of them imports. It does not depend on where the modules lie.
 */
export function modulesDigest(entry: string): string {
  const modules = new Map<string, string>();
  const packages = new Set<string>();
  reach(resolve(entry), modules, packages);
  const folder = dirname(resolve(entry));
  const texts = [...modules].map(([path, text]) => [relative(folder, path), sha256(text)]);
  return sha256(JSON.stringify([texts.sort(byName), [...packages].sort()]));
}

function reach(path: string, modules: Map<string, string>, packages: Set<string>): void {
  if (modules.has(path)) return;
  const text = readFileSync(path, "utf8");
  modules.set(path, text);
  for (const [, specifier] of text.matchAll(SPECIFIER)) {
    if (specifier.startsWith(".") || specifier.startsWith("/")) {
      const target = resolve(dirname(path), specifier);
      if (isFile(target)) reach(target, modules, packages);
    } else if (!isBuiltin(specifier)) {
      const version = packageVersion(specifier, dirname(path));
      if (version !== null) packages.add(version);
    }
  }
}

/** The name and version of an installed package; null where there is none of that name. */
function packageVersion(specifier: string, from: string): string | null {
  const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [specifier];
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, "node_modules", name, "package.json");
    if (existsSync(file)) return `${name}@${JSON.parse(readFileSync(file, "utf8")).version}`;
    if (folder === dirname(folder)) return null;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function byName([a]: readonly string[], [b]: readonly string[]): number {
  return a < b ? -1 : 1;
}
