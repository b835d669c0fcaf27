import { type Evaluated, meanOf, type Setting, type Sources } from "./expression.ts";
import { type Choice, cellsOf, chosen, type Source, valuesOf } from "./source.ts";
import type { ColumnSpec, NamedRow, TableSpec, ValueRows } from "./table-spec.ts";
import { type Filled, filled, hasByHand, type Rated, type Template } from "./template.ts";

interface Row {
  readonly heads: readonly string[];
  readonly choice: Choice;
  /** Cells of its own. */
  readonly cells: readonly Template[] | null;
  /** The value by which `first` may name it. */
  readonly name: string;
}

interface Column {
  readonly title: string;
  readonly choice: Choice;
  readonly cell: Template | null;
}

/** The table in Markdown. @throws Error when a name in it is not known, or cells do not fit. */
export function tableText(spec: TableSpec, sources: Sources, from: string): string {
  const source = sources(spec.from ?? from);
  const columns = spec.columns.flatMap((column) => columnsOf(column, spec, source));
  const rows = rowsOf(spec, source, sources);
  const cells = rows.map((row) => cellsIn(row, columns, spec, { sources, from: source.name }));
  const texts = withBest(cells);
  const lines = merged(rows, texts, spec, source);
  const titles = [...spec.head, ...columns.map(({ title }) => title)];
  return [titles, titles.map(() => "---"), ...lines].map(line).join("\n");
}

function line(cells: readonly string[]): string {
  const isRule = cells.every((cell) => cell === "---");
  if (isRule) return `|${cells.join("|")}|`;
  return `|${cells.map((cell) => (cell === "" ? " " : ` ${cell} `)).join("|")}|`;
}

function columnsOf(column: ColumnSpec, spec: TableSpec, source: Source): Column[] {
  if (column.kind === "titled") return [{ ...column, cell: column.cell ?? spec.cell }];
  const { dimension } = column;
  const { where, cell, names } = spec;
  return valuesOf(source, dimension)
    .filter((value) => cellsOf(source, chosen(where, new Map([[dimension, [value]]]))).length > 0)
    .map((value) => {
      return { title: names.get(value) ?? value, choice: new Map([[dimension, [value]]]), cell };
    });
}

function rowsOf(spec: TableSpec, source: Source, sources: Sources): Row[] {
  const rows =
    spec.rows.kind === "values" ? valueRows(spec, spec.rows, source) : spec.rows.rows.map(namedRow);
  for (const { heads } of rows) {
    if (heads.length === spec.head.length) continue;
    throw new Error(`expected ${heads.length} titles in head; got ${spec.head.length}`);
  }
  return spec.sort === null ? rows : sorted(rows, spec, { sources, from: source.name });
}

function namedRow({ label, choice, cells }: NamedRow): Row {
  return { heads: [label], choice, cells, name: label };
}

/** Combinations of values of which there are cells, in the order of the values. */
function valueRows(spec: TableSpec, { values }: ValueRows, source: Source): Row[] {
  const product = [...values].reduce<Choice[]>(
    (combinations, [dimension, some]) =>
      combinations.flatMap((combination) =>
        (some ?? valuesOf(source, dimension)).map((value) =>
          chosen(combination, new Map([[dimension, [value]]])),
        ),
      ),
    [new Map()],
  );
  const left = new Set(spec.without.size === 0 ? [] : cellsOf(source, spec.without));
  const there = product.filter((choice) =>
    cellsOf(source, chosen(spec.where, choice)).some((cell) => !left.has(cell)),
  );
  const namesOf = (choice: Choice) => [...choice.values()].map(([value]) => value);
  const short = there.map((choice) => namesOf(choice).map(withoutParams).join("\0"));
  return there.map((choice, at) => {
    const isTold = short.filter((other) => other === short[at]).length === 1;
    const heads = namesOf(choice).map(
      (value) => spec.names.get(value) ?? (isTold ? withoutParams(value) : value),
    );
    return { heads, choice, cells: null, name: namesOf(choice)[0] };
  });
}

/** A policy's name without what the experiment sets of it, where that is enough to tell it. */
function withoutParams(name: string): string {
  return name.replace(/^([a-z+-]+)\(.*\)$/, "$1");
}

function sorted(rows: readonly Row[], spec: TableSpec, { sources, from }: Omit<Setting, "choice">) {
  const { sort, first, where } = spec;
  if (sort === null) return [...rows];
  for (const name of first) {
    const known = rows.map((row) => row.name);
    if (!known.includes(name)) throw new Error(`unknown row: ${name}; known: ${known.join(", ")}`);
  }
  const keyed = rows.map((row) => {
    const found = meanOf(sort, { sources, from, choice: chosen(where, row.choice) });
    return { row, ...found, isFirst: first.includes(row.name) };
  });
  const keyOf = ({ mean, better }: Pick<Evaluated, "mean" | "better">) =>
    mean === null ? Number.POSITIVE_INFINITY : better === "higher" ? -mean : mean;
  return keyed
    .sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || compare(keyOf(a), keyOf(b)))
    .map(({ row }) => row);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function cellsIn(
  row: Row,
  columns: readonly Column[],
  spec: TableSpec,
  setting: Omit<Setting, "choice">,
): Filled[] {
  const byHand = [...(spec.byHand.get(row.heads.join(", ")) ?? [])];
  if (row.cells !== null && row.cells.length !== columns.length) {
    throw new Error(`expected ${columns.length} cells of row ${row.name}; got ${row.cells.length}`);
  }
  return columns.map((column, at): Filled => {
    const template = row.cells?.[at] ?? column.cell;
    if (template === null) throw new Error(`missing cell of column ${column.title}`);
    const told = hasByHand(template) ? (byHand.shift() ?? null) : null;
    if (told === "–") return ["–"]; // Nothing was measured that could stand beside it.
    const choice = chosen(spec.where, column.choice, row.choice);
    const nameOf = (dimension: string) => nameIn(choice, dimension, spec);
    return filled(template, { ...setting, choice, nameOf, byHand: told });
  });
}

function nameIn(choice: Choice, dimension: string, { names }: TableSpec): string {
  const [value, ...more] = choice.get(dimension) ?? [];
  if (value === undefined || more.length > 0) {
    const known = [...choice.keys()].join(", ") || "none";
    throw new Error(`unknown name in braces: ${dimension}; known: ${known}, METRIC as FORMAT`);
  }
  return names.get(value) ?? value;
}

/** Bold is the best of its column, and whatever reads the same. */
function withBest(rows: readonly (readonly Filled[])[]): string[][] {
  return rows.map((cells) =>
    cells.map((cell, column) =>
      cell
        .map((part, at) => {
          if (typeof part === "string") return part;
          const rivals = rows.flatMap((other) => ratedAt(other[column], at));
          return best(rivals).includes(part.text) ? `**${part.shown}**` : part.shown;
        })
        .join(""),
    ),
  );
}

function ratedAt(cell: Filled, at: number): Rated[] {
  const part = cell[at];
  return part === undefined || typeof part === "string" ? [] : [part];
}

/** The text of the best, or nothing where nothing is better. */
function best(rivals: readonly Rated[]): string[] {
  const known = rivals.filter(({ mean, better }) => mean !== null && better !== "none");
  const ranked = known.toSorted((a, b) => {
    const [first, second] = [a.mean ?? 0, b.mean ?? 0];
    return a.better === "lower" ? first - second : second - first;
  });
  return known.length < 2 ? [] : [ranked[0].text];
}

/** Rows as texts; neighbours whose runs were the same in every metric are one, with all their names. */
function merged(
  rows: readonly Row[],
  texts: readonly (readonly string[])[],
  { merge, where }: TableSpec,
  source: Source,
): string[][] {
  const found: { heads: string[]; cells: readonly string[]; runs: string | null }[] = [];
  for (const [at, { heads, choice, cells }] of rows.entries()) {
    const own = merge && cells === null ? cellsOf(source, chosen(where, choice)) : null;
    const runs = own === null ? null : JSON.stringify(own.map(({ values }) => values));
    const last = found.at(-1);
    if (runs !== null && last?.runs === runs) {
      last.heads = last.heads.map((head, column) => together(head, heads[column]));
    } else found.push({ heads: [...heads], cells: texts[at], runs });
  }
  return found.map(({ heads, cells }) => [...heads, ...cells]);
}

function together(names: string, name: string): string {
  return names.split(", ").includes(name) ? names : `${names}, ${name}`;
}
