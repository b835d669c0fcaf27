/** What texts take their numbers and figures from: the results of an experiment, or what is like them. */
import { nearest } from "../experiment/config/nearest.ts";
import type { Estimate, WinnerRow } from "../report/report-data.ts";

export interface Source {
  readonly name: string;
  /** Names what was found: sixteen hexadecimal digits. */
  readonly fingerprint: string;
  /** What cells differ in, each with its values in order: axes, families of policies, the method. */
  readonly dimensions: ReadonlyMap<string, readonly string[]>;
  readonly measures: ReadonlyMap<string, Measure>;
  readonly cells: readonly SourceCell[];
  /** Where settings vary and chance is known: who wins where. */
  readonly standings?: Standings;
  /** Charts as SVG, by name; null where nothing was run. */
  readonly figures: ReadonlyMap<string, string> | null;
}

export interface Standings {
  /** Labels of all policies, without levels. */
  readonly policies: readonly string[];
  /** By metric and combination of levels; empty where nothing was run. */
  readonly winners: readonly WinnerRow[];
}

export interface Measure {
  readonly unit: string;
  readonly better: "lower" | "higher" | "none";
}

export interface SourceCell {
  /** The value of each dimension that the cell has. */
  readonly at: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Estimate | null>>;
}

/** Values that a cell may have, by dimension. */
export type Choice = ReadonlyMap<string, readonly string[]>;

/** The later choices replace earlier ones of the same dimension. */
export function chosen(...choices: readonly Choice[]): Choice {
  return new Map(choices.flatMap((choice) => [...choice]));
}

/** The cells of a choice, in their order. @throws Error when a name in it is not known. */
export function cellsOf(source: Source, choice: Choice): SourceCell[] {
  for (const [dimension, values] of choice) {
    const known = valuesOf(source, dimension);
    for (const value of values) {
      if (!known.includes(value)) throw unknown(`${dimension} of ${source.name}`, value, known);
    }
  }
  return source.cells.filter(({ at }) =>
    [...choice].every(([dimension, values]) => values.includes(at[dimension])),
  );
}

/** @throws Error when it is not known. */
export function valuesOf(source: Source, dimension: string): readonly string[] {
  const values = source.dimensions.get(dimension);
  if (values !== undefined) return values;
  throw unknown(`dimension of ${source.name}`, dimension, [...source.dimensions.keys()]);
}

/** @throws Error when it is not known. */
export function measureOf(source: Source, name: string): Measure {
  const measure = source.measures.get(name);
  if (measure !== undefined) return measure;
  throw unknown(`metric of ${source.name}`, name, [...source.measures.keys()]);
}

/**
 * The only cell of a choice; where it names several values of a dimension, the only one for each of them.
 *
 * @throws Error when there is none, or more.
 */
export function meantCells(source: Source, choice: Choice): readonly SourceCell[] {
  const cells = cellsOf(source, choice);
  const asked = [...choice].map(([name, values]) => `${name}=${values.join("|")}`).join(", ");
  const place = `${source.name}${asked === "" ? "" : ` at ${asked}`}`;
  if (cells.length === 0) throw new Error(`expected a cell of ${place}; got none`);
  const several = [...choice].filter(([, values]) => values.length > 1).map(([name]) => name);
  const alike = (other: SourceCell) => (cell: SourceCell) =>
    several.every((dimension) => cell.at[dimension] === other.at[dimension]);
  const rivals = cells.map((cell) => cells.filter(alike(cell))).find(({ length }) => length > 1);
  if (rivals === undefined) return cells;
  const differences = [...source.dimensions.keys()].flatMap((dimension) => {
    const values = [...new Set(rivals.map(({ at }) => at[dimension]))];
    return values.length > 1 ? [`${dimension}: ${values.join(", ")}`] : [];
  });
  const differ = `which differ in ${differences.join("; ")}`;
  throw new Error(`expected one cell of ${place}; got ${rivals.length}, ${differ}`);
}

/** In the vocabulary of the house, with the name that was probably meant where there is one. */
export function unknown(what: string, found: string, known: readonly string[]): Error {
  const meant = nearest(found, known);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  return new Error(`unknown ${what}: ${found}; known: ${known.join(", ") || "none"}${hint}`);
}
