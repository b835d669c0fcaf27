/** A table as its mark declares it, in YAML; see experiments/README.md. */
import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { nearest } from "../experiment/config/nearest.ts";
import { type Term, termOf } from "./expression.ts";
import { Misplaced } from "./misplaced.ts";
import type { Choice } from "./source.ts";
import { type Template, templateOf } from "./template.ts";

export interface TableSpec {
  /** Name of the source; that of the text when null. */
  readonly from: string | null;
  /** What holds for every cell of the table, and what is left out of it. */
  readonly where: Choice;
  readonly without: Choice;
  /** Titles of the columns that name the rows. */
  readonly head: readonly string[];
  readonly rows: ValueRows | NamedRows;
  readonly columns: readonly ColumnSpec[];
  /** What stands in columns that do not say otherwise. */
  readonly cell: Template | null;
  /** Texts for people, by name in the results. */
  readonly names: ReadonlyMap<string, string>;
  /** By what rows are sorted, the best first, after those that stand first. */
  readonly sort: Term | null;
  readonly first: readonly string[];
  /** Whether neighbours whose runs were the same are one row. */
  readonly merge: boolean;
  /** For each row what `{by hand}` stands for, column by column. */
  readonly byHand: ReadonlyMap<string, readonly string[]>;
}

/** A row for each combination of values that there is; of all values where it is null. */
export interface ValueRows {
  readonly kind: "values";
  readonly values: ReadonlyMap<string, readonly string[] | null>;
}

export interface NamedRows {
  readonly kind: "named";
  readonly rows: readonly NamedRow[];
}

/** A row with a text of its own: of the cells chosen, or with cells of its own. */
export interface NamedRow {
  readonly label: string;
  readonly choice: Choice;
  readonly cells: readonly Template[] | null;
}

export type ColumnSpec =
  | {
      readonly kind: "titled";
      readonly title: string;
      readonly choice: Choice;
      readonly cell: Template | null;
    }
  /** A column for each value of a dimension. */
  | { readonly kind: "values"; readonly dimension: string };

const FIELDS = [
  ...["from", "where", "without", "head", "rows", "columns", "cell"],
  ...["names", "sort", "first", "merge", "by hand"],
] as const;

/** @throws Misplaced at the first mistake. */
export function tableSpec(says: string): TableSpec {
  const fields = fieldsOf(says);
  const field = (name: string) => fields.get(name);
  const text = (name: string) => optional(field(name), textOf);
  const needed = (name: string) => field(name) ?? misplaced(undefined, `missing ${name}`);
  return {
    from: text("from"),
    where: optional(field("where"), choiceOf) ?? new Map(),
    without: optional(field("without"), choiceOf) ?? new Map(),
    head: textsOf(needed("head")),
    rows: rowsOf(needed("rows")),
    columns: columnsOf(needed("columns")),
    cell: optional(field("cell"), cellOf),
    names: optional(field("names"), (node) => mapped(node, textOf)) ?? new Map(),
    sort: optional(field("sort"), (node) => read(node, termOf)),
    first: optional(field("first"), textsOf) ?? [],
    merge: optional(field("merge"), yesOf) ?? false,
    byHand: optional(field("by hand"), (node) => mapped(node, textsOf)) ?? new Map(),
  };
}

function fieldsOf(says: string): Map<string, Node> {
  const document = parseDocument(says, {
    ...{ version: "1.2", schema: "failsafe", stringKeys: true },
    ...{ prettyErrors: false, logLevel: "error" },
  } as const);
  const [mistake] = document.errors;
  if (mistake !== undefined) {
    throw new Misplaced(mistake.pos[0], `invalid YAML: ${mistake.message}`);
  }
  const fields = entries(document.contents);
  for (const { key, node } of fields) {
    if (FIELDS.some((field) => field === key)) continue;
    const meant = nearest(key, FIELDS);
    const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
    misplaced(node, `unknown field: ${key}; known: ${FIELDS.join(", ")}${hint}`);
  }
  return new Map(fields.map(({ key, node }) => [key, node]));
}

/** `dispatch`, `[copies, replication]`, `{ dispatch: [random, tiers] }`, or a list of named rows. */
function rowsOf(node: Node): TableSpec["rows"] {
  if (isScalar(node)) return { kind: "values", values: new Map([[textOf(node), null]]) };
  if (isMap(node)) {
    const values = mapped(node, (each) => {
      const texts = textsOf(each);
      return texts.length === 1 && texts[0] === "all" ? null : texts;
    });
    return { kind: "values", values };
  }
  const items = itemsOf(node);
  if (items.length > 0 && items.every(isScalar)) {
    return { kind: "values", values: new Map(items.map((item) => [textOf(item), null])) };
  }
  return { kind: "named", rows: items.map(namedRow) };
}

function namedRow(node: Node): NamedRow {
  const [row, ...more] = entries(node);
  if (row === undefined || more.length > 0) {
    return misplaced(node, "expected a row as LABEL: CHOICE or LABEL: [CELL, …]; got several");
  }
  const { key: label, node: said } = row;
  if (isMap(said)) return { label, choice: choiceOf(said), cells: null };
  const cells = isSeq(said) ? itemsOf(said) : [said];
  return { label, choice: new Map(), cells: cells.map(cellOf) };
}

/**
 * The name of a dimension, titles with what stands below them, or a list of either titles alone or such
 * pairs, in which two titles may be equal.
 */
function columnsOf(node: Node): ColumnSpec[] {
  if (isScalar(node)) return [{ kind: "values", dimension: textOf(node) }];
  const pairs = isSeq(node) ? itemsOf(node).flatMap(titleAndCell) : entries(node);
  return pairs.map(({ key: title, node: said }) => {
    if (!isMap(said)) {
      const cell = said === null ? null : cellOf(said);
      return { kind: "titled", title, choice: new Map(), cell };
    }
    const choice = new Map(entries(said).map((entry) => [entry.key, entry.node]));
    const cell = optional(choice.get("cell"), cellOf);
    choice.delete("cell");
    return {
      ...{ kind: "titled", title, cell },
      choice: new Map([...choice].map(([dimension, values]) => [dimension, textsOf(values)])),
    };
  });
}

function titleAndCell(node: Node): { readonly key: string; readonly node: Node | null }[] {
  return isMap(node) ? entries(node) : [{ key: textOf(node), node: null }];
}

function choiceOf(node: Node): Choice {
  return mapped(node, textsOf);
}

function cellOf(node: Node): Template {
  return read(node, (text) => templateOf(text, offsetOf(node)));
}

function yesOf(node: Node): boolean {
  const text = textOf(node);
  if (text === "true" || text === "false") return text === "true";
  return misplaced(node, `expected true or false; got ${text}`);
}

function mapped<Value>(node: Node, readAs: (node: Node) => Value): Map<string, Value> {
  return new Map(entries(node).map(({ key, node: value }) => [key, readAs(value)]));
}

/** One text or a list of them. */
function textsOf(node: Node): string[] {
  return isSeq(node) ? itemsOf(node).map(textOf) : [textOf(node)];
}

function textOf(node: Node): string {
  return isScalar(node) ? String(node.value ?? "") : misplaced(node, "expected a text; got more");
}

function itemsOf(node: Node): Node[] {
  return isSeq(node) ? (node.items as Node[]) : misplaced(node, "expected a list; got none");
}

function entries(node: Node | null): { readonly key: string; readonly node: Node }[] {
  if (!isMap(node)) return misplaced(node ?? undefined, "expected NAME: VALUE; got no such pair");
  return node.items.map(({ key, value }) => {
    return { key: textOf(key as Node), node: value as Node };
  });
}

/** Reads the text of a node by a function that knows nothing of places. */
function read<Value>(node: Node, readAs: (text: string) => Value): Value {
  try {
    return readAs(textOf(node));
  } catch (error) {
    if (error instanceof Misplaced || !(error instanceof Error)) throw error;
    return misplaced(node, error.message);
  }
}

function optional<Value>(node: Node | undefined, readAs: (node: Node) => Value): Value | null {
  return node === undefined ? null : readAs(node);
}

function misplaced(node: Node | undefined, message: string): never {
  throw new Misplaced(offsetOf(node), message);
}

function offsetOf(node: Node | undefined): number {
  return node?.range?.[0] ?? 0;
}
