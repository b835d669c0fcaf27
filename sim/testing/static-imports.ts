import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a module loads before its first line runs: files, and packages with who imports them. */
export interface StaticImports {
  readonly files: ReadonlySet<string>;
  /** Path from the module to the package's importer, by the package. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
}

/** Follows all imports of values, but not those by `import()`, from a file of TypeScript. */
export function staticImports(entry: string): StaticImports {
  const files = new Set<string>();
  const packages = new Map<string, readonly string[]>();
  const follow = (file: string, way: readonly string[]) => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of importsOf(readFileSync(file, "utf8"))) {
      if (specifier.startsWith(".")) follow(join(dirname(file), specifier), [...way, file]);
      else if (!packages.has(specifier)) packages.set(specifier, [...way, file]);
    }
  };
  follow(entry, []);
  return { files, packages };
}

/** Specifiers of `import … from "x"`, `export … from "x"` and `import "x"`, but for types. */
function importsOf(source: string): string[] {
  const statements = source.matchAll(
    /^(?:import|export)\s+(?!type\b)(?:[^"';]*?\bfrom\s+)?"([^"]+)";/gm,
  );
  return [...statements].map(([, specifier]) => specifier);
}
