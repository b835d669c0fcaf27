import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize } from "@observablehq/notebook-kit";
import { JSDOM } from "jsdom";

const kit = new URL(".", import.meta.resolve("@observablehq/notebook-kit"));
const { parseTemplate } = await import(new URL("javascript/template.js", kit).href);

/** The cells of a notebook in their order: `{ id, mode, value, pinned }`, and its title. */
export function readNotebook(file) {
  const parser = new (new JSDOM().window.DOMParser)();
  return deserialize(readFileSync(file, "utf8"), { parser });
}

/** What a notebook's cells import, in their order. */
export function importsOf(file) {
  return readNotebook(file)
    .cells.filter(({ mode }) => mode === "ts")
    .flatMap(({ value }) => [...value.matchAll(/^import\s[^"]*"([^"]+)";$/gm)])
    .map(([, specifier]) => specifier);
}

/**
 * A notebook as one TypeScript module, for a compiler that has to see all cells at once: the cells in
 * their order, then the expressions that stand in the text. Imports count from a folder below that of
 * the notebook.
 */
export function moduleOf(file) {
  const { cells } = readNotebook(file);
  const code = cells
    .filter(({ mode }) => mode === "ts")
    .map(({ id, value }) => `// Cell ${id} of ${basename(file)}.\n${value}`);
  const text = cells
    .filter(({ mode }) => mode === "md")
    .flatMap(({ id, value }) =>
      parseTemplate(value).expressions.map(
        ({ start, end }) => `// In the text of cell ${id}.\nvoid (${value.slice(start, end)});`,
      ),
    );
  const moved = [...code, ...text].join("\n\n").replaceAll(/(from ")(\.\.?\/)/g, "$1../$2");
  return `${HEAD}\n${moved}\n`;
}

/** What the kit gives to every cell, as far as the notebooks use it. */
const HEAD = `
declare function display<Value>(value: Value): Value;
declare function view<Value>(input: HTMLElement & { readonly value: Value }): Value;
declare const dark: boolean;
`;

export const NOTEBOOKS = fileURLToPath(new URL("../../notebooks", import.meta.url));
