import { readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { deserialize } from "@observablehq/notebook-kit";
import { JSDOM } from "jsdom";

const kit = new URL(".", import.meta.resolve("@observablehq/notebook-kit"));
const { parseTemplate } = await import(new URL("javascript/template.js", kit).href);

/**
 * A notebook as one TypeScript module, for a compiler that has to see all cells at once: the cells in
 * their order, then the expressions that stand in the text.
 *
 * @param folder Where the module will stand: its imports are counted from there.
 */
export function moduleOf(file, folder) {
  const parser = new new JSDOM().window.DOMParser();
  const { cells } = deserialize(readFileSync(file, "utf8"), { parser });
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
  const moved = [...code, ...text].join("\n\n").replace(/(?<=\bfrom ")\.[^"]+/g, (specifier) => {
    const path = relative(folder, resolve(dirname(file), specifier)).replaceAll("\\", "/");
    return path.startsWith(".") ? path : `./${path}`;
  });
  return `${BUILT_IN}\n${moved}\n`;
}

/** What the kit gives to every cell, as far as notebooks are told of it. */
const BUILT_IN = `
declare function display<Value>(value: Value): Value;
declare function view<Value>(input: HTMLElement & { readonly value: Value }): Value;
declare const dark: boolean;
declare function FileAttachment(name: string): {
  text(): Promise<string>;
  json<Value>(): Promise<Value>;
  csv<Row>(options?: { readonly typed?: boolean }): Promise<readonly Row[]>;
};
`;
