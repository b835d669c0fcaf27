import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import type { Span } from "./excerpt.ts";

/** A mistake in the YAML itself. */
export interface SyntaxProblem extends Span {
  readonly text: string;
}

/** A YAML text that knows where its values stand. */
export class YamlSource {
  /** The mistakes in the YAML itself: at most one a line, since one often causes others. */
  readonly problems: readonly SyntaxProblem[];
  /** What the text says; `undefined` when the YAML is too broken to tell. */
  readonly value: unknown;
  readonly #text: string;
  readonly #document: Document.Parsed;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text, {
      version: "1.2",
      uniqueKeys: true,
      stringKeys: true,
      prettyErrors: false,
      logLevel: "error",
    });
    const mistakes = [...this.#document.errors, ...this.#document.warnings];
    const problems = [
      ...causesAmong(mistakes).map((mistake) => syntaxProblem(mistake, text)),
      ...this.#unresolvedAliases(),
    ];
    const isHarmless = mistakes.every(({ code }) => HARMLESS.has(code));
    if (isHarmless && problems.length === mistakes.length) this.value = this.#read(problems);
    this.problems = firstOfEachLine(problems, text);
  }

  /** Where the value at `path` stands, or the nearest value around it. */
  spanOfValue(path: readonly PropertyKey[]): Span {
    const node = this.#at(path) ?? this.#around(path);
    const isEmpty = isScalar(node) && node.range?.[0] === node.range?.[1];
    return isEmpty && path.length > 0 ? this.spanOfKey(path) : spanOf(node);
  }

  /** Where the name of the field at `path` stands; for an item of a list, its value. */
  spanOfKey(path: readonly PropertyKey[]): Span {
    const parent = this.#at(path.slice(0, -1));
    const name = path.at(-1);
    const pair = isMap(parent) ? pairOf(parent, name) : undefined;
    if (pair !== undefined) return spanOf(pair.key as Node);
    const span = spanOf(this.#at(path) ?? this.#around(path));
    return { offset: span.offset, length: 1 };
  }

  textOf({ offset, length }: Span): string {
    return this.#text.slice(offset, offset + length);
  }

  /** Where a missing field belongs: at the name of the mapping that lacks it. */
  spanOfGap(path: readonly PropertyKey[]): Span {
    return this.spanOfKey(path.slice(0, -1));
  }

  #read(problems: SyntaxProblem[]): unknown {
    try {
      return this.#document.toJS();
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      problems.push({ offset: 0, length: 1, text: "invalid YAML: aliases that multiply" });
      return undefined;
    }
  }

  #unresolvedAliases(): SyntaxProblem[] {
    const problems: SyntaxProblem[] = [];
    visit(this.#document, {
      Alias: (_key, alias) => {
        if (alias.resolve(this.#document) !== undefined) return;
        problems.push({ ...spanOf(alias), text: `unknown alias: ${alias.source}` });
      },
    });
    return problems;
  }

  #around(path: readonly PropertyKey[]): Node | null {
    for (let depth = path.length - 1; depth > 0; depth--) {
      const node = this.#at(path.slice(0, depth));
      if (node != null) return node;
    }
    return this.#document.contents;
  }

  #at(path: readonly PropertyKey[]): Node | null | undefined {
    let node: unknown = this.#document.contents;
    for (const key of path) {
      if (isAlias(node)) node = node.resolve(this.#document);
      if (!isCollection(node)) return undefined;
      node = isMap(node) ? pairOf(node, key)?.value : node.items[Number(key)];
    }
    return node as Node | null | undefined;
  }
}

/** Mistakes after which the rest of the text can still be understood. */
const HARMLESS: ReadonlySet<string> = new Set(["DUPLICATE_KEY", "TAG_RESOLVE_FAILED"]);

/** Where tabs indent, all else that seems wrong follows from them. */
function causesAmong(mistakes: readonly YAMLError[]): readonly YAMLError[] {
  const tabs = mistakes.filter(({ code }) => code === "TAB_AS_INDENT");
  return tabs.length > 0 ? tabs : mistakes;
}

/** The last field of that name, which is the one that counts. */
function pairOf(map: { readonly items: readonly Pair[] }, name: PropertyKey | undefined) {
  return map.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(name));
}
type Pair = { readonly key: unknown; readonly value: unknown };

function spanOf(node: Node | null | undefined): Span {
  const [start, end] = node?.range ?? [0, 1];
  return { offset: start, length: Math.max(1, end - start) };
}

function syntaxProblem({ code, message, pos }: YAMLError, source: string): SyntaxProblem {
  const [offset, end] = pos;
  const span = { offset, length: Math.max(1, end - offset) };
  switch (code) {
    case "DUPLICATE_KEY": {
      const key = /^[^\s:,}]+/.exec(source.slice(offset))?.[0] ?? "";
      return { offset, length: key.length, text: `duplicate field: ${key}` };
    }
    case "TAB_AS_INDENT":
      return { ...span, text: "expected spaces as indentation; got a tab" };
    case "MULTIPLE_DOCS":
      return { ...span, text: "expected one document; got several" };
    case "TAG_RESOLVE_FAILED":
      return { ...span, text: `unknown tag: ${source.slice(offset, end)}` };
    case "RESOURCE_EXHAUSTION":
      return { ...span, text: "invalid YAML: nested too deeply" };
    default:
      return {
        ...span,
        text: `invalid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
      };
  }
}

function firstOfEachLine(problems: readonly SyntaxProblem[], source: string): SyntaxProblem[] {
  const seen = new Set<number>();
  return [...problems]
    .sort((a, b) => a.offset - b.offset)
    .filter(({ offset }) => {
      const lineStart = source.lastIndexOf("\n", offset - 1);
      if (seen.has(lineStart)) return false;
      seen.add(lineStart);
      return true;
    });
}
