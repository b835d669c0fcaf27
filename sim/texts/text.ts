import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { type Expression, expressionOf, type Term } from "./expression.ts";
import { type Mark, marksOf } from "./mark.ts";
import { Misplaced } from "./misplaced.ts";
import { type TableSpec, tableSpec } from "./table-spec.ts";
import type { Template } from "./template.ts";

/** A text with its marks, each read. */
export interface Text {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Path from the folder without extension: that of its experiment unless a mark says otherwise. */
  readonly name: string;
  readonly text: string;
  readonly marks: readonly ReadMark[];
}

/** A mark and what it asks for. */
export type ReadMark = Mark & {
  /** Names of the sources that its content comes from. */
  readonly needs: readonly string[];
  readonly asked: Asked;
};

export type Asked =
  | { readonly kind: "table"; readonly spec: TableSpec }
  | { readonly kind: "figure"; readonly chart: string; readonly of: string }
  | { readonly kind: "standing"; readonly policy: string; readonly of: string }
  | {
      readonly kind: "fingerprint";
      readonly of: string;
      /** Whether it is run only when it is named, since it takes long. */
      readonly isLong: boolean;
    }
  | { readonly kind: "value"; readonly expression: Expression };

/** Where texts of experiments lie, and the one text with marks that lies elsewhere. */
export const FOLDER = "experiments";
const OTHERS = ["README.md"];

/**
 * All texts that may have marks.
 *
 * @throws InputError with everything that cannot be read in them.
 */
export function readTexts(root = "."): Text[] {
  const others = OTHERS.filter((file) => existsSync(join(root, file)));
  const files = [...others, ...filesOf(root, ".md")];
  const problems: string[] = [];
  const texts = files.flatMap((file) => {
    try {
      return [textOf(file, readFileSync(join(root, file), "utf8"))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new InputError(problems);
  return texts;
}

/** Paths from the root of all files in the folder, and in those inside it, that end so. */
export function filesOf(root: string, extension: string): string[] {
  return readdirSync(join(root, FOLDER), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(extension))
    .map((path) => `${FOLDER}/${path.replaceAll("\\", "/")}`)
    .sort();
}

/** What a file of the folder is named by: its path in there, without extension. */
export function nameOf(file: string): string {
  const path = file.startsWith(`${FOLDER}/`) ? file.slice(FOLDER.length + 1) : file;
  return path.slice(0, -extname(path).length);
}

/** @throws InputError with everything that cannot be read in it. */
export function textOf(file: string, text: string): Text {
  const name = nameOf(file);
  const problems: string[] = [];
  const marks = marksOf(file, text).flatMap((mark): ReadMark[] => {
    try {
      const asked = askedBy(mark, name);
      return [{ ...mark, asked, needs: needsOf(asked, name) }];
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push(`${placeOf(file, mark, error)}: ${error.message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new InputError(problems);
  return { file, name, text, marks };
}

/** Where a mistake stands: at its own line of the mark, if it tells one. */
export function placeOf(file: string, { says, line }: Mark, error: Error): string {
  const before = error instanceof Misplaced ? says.slice(0, error.offset) : "";
  return `${file}:${line + before.split("\n").length - 1}`;
}

function askedBy({ kind, says }: Mark, name: string): Asked {
  const said = says.trim();
  switch (kind) {
    case "table":
      return { kind, spec: tableSpec(says) };
    case "value":
      return { kind, expression: expressionOf(said) };
    case "figure": {
      const [chart, of = name] = said.split(" of ");
      return { kind, chart, of };
    }
    case "standing": {
      const [policy, of = name] = said.split(" of ");
      return { kind, policy, of };
    }
    case "fingerprint": {
      const found = /^(.*?)(, long)?$/.exec(said);
      return { kind, of: found?.[1] || name, isLong: found?.[2] !== undefined };
    }
  }
}

function needsOf(asked: Asked, name: string): string[] {
  switch (asked.kind) {
    case "table":
      return [...new Set(tableNeeds(asked.spec, name))];
    case "value":
      return [...new Set(termsOf(asked.expression).map(({ of }) => of ?? name))];
    default:
      return [asked.of];
  }
}

function tableNeeds({ from, sort, rows, columns, cell }: TableSpec, name: string): string[] {
  const templates = [
    ...(cell === null ? [] : [cell]),
    ...columns.flatMap((column) => (column.kind === "titled" ? (column.cell ?? []) : [])),
    ...(rows.kind === "values" ? [] : rows.rows.flatMap((row) => row.cells ?? [])),
  ];
  const terms = [...(sort === null ? [] : [sort]), ...templates.flatMap(termsIn)];
  return [from ?? name, ...terms.flatMap(({ of }) => of ?? [])];
}

function termsIn({ parts }: Pick<Template, "parts">): Term[] {
  return parts.flatMap((part) => {
    if (part.kind === "expression") return termsOf(part.expression);
    return part.kind === "best" ? termsIn(part) : [];
  });
}

function termsOf({ term, over }: Expression): Term[] {
  return over === null ? [term] : [term, over];
}
