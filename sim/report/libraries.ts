import { readFileSync } from "node:fs";

/** The browser builds that draw charts, in the order in which a page loads them. */
const LIBRARIES = [
  { name: "vega", file: "vega.min.js" },
  { name: "vega-lite", file: "vega-lite.min.js" },
  { name: "vega-embed", file: "vega-embed.min.js" },
] as const;

/** The sources of the chart libraries, each headed by its licence, as that asks for. */
export function chartLibraries(): string[] {
  return LIBRARIES.map(({ name, file }) => {
    // A package resolves to a module in its folder `build`, beside its browser build.
    const entry = import.meta.resolve(name);
    const source = readFileSync(new URL(file, entry), "utf8");
    const licence = readFileSync(new URL("../LICENSE", entry), "utf8");
    return `/*! ${name}\n\n${licence.trim()}\n*/\n${source.replace(/^\/\/# sourceMappingURL=.*$/gm, "")}`;
  });
}
