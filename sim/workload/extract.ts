import { InputError } from "../engine/input-error.ts";

/** A package file in an extract of a package index. */
export interface PackageFile {
  readonly package: string;
  readonly version: string;
  readonly architecture: string;
  /** Bytes. */
  readonly size: number;
  /** The first 16 hexadecimal digits of the file's SHA-256. */
  readonly digest: string;
  /** Whether every machine has it. */
  readonly base: boolean;
  /** Row of the file that this one replaces when it is released; nothing if it was there before. */
  readonly updates?: number;
}

/** Package files; among those that are not of the base set, the most popular come first. */
export type Extract = readonly PackageFile[];

const COLUMNS = [
  "suite",
  "package",
  "version",
  "architecture",
  "size",
  "sha256_16",
  "priority",
  "set",
  "updates",
] as const;

const MOST_PROBLEMS = 20;

/** Reads the text of an extract, tab-separated with a header; `place` names it in errors. */
export function parseExtract(text: string, place: string): Extract {
  const [header = "", ...lines] = text.replace(/\r?\n$/, "").split(/\r?\n/);
  if (header !== COLUMNS.join("\t")) {
    throw new InputError([
      `${place}: line 1: expected the columns ${COLUMNS.join(", ")}; got ${shown(header)}`,
    ]);
  }
  const problems: string[] = [];
  const rowOf = new Map<string, number>();
  const files = lines.map((line, row): PackageFile => {
    const { file, errors } = parseRow(line, rowOf);
    problems.push(...errors.map((error) => `${place}: line ${row + 2}: ${error}`));
    if (file.updates === undefined) rowOf.set(file.package, row);
    return file;
  });
  if (files.length === 0) problems.push(`${place}: expected at least one package; got none`);
  if (problems.length > 0) throw new InputError(problems.slice(0, MOST_PROBLEMS));
  return files;
}

function parseRow(
  line: string,
  rowOf: ReadonlyMap<string, number>,
): { readonly file: PackageFile; readonly errors: readonly string[] } {
  const fields = line.split("\t");
  const [, name, version, architecture, size, digest, , set, updated] = fields;
  const updates = updated ? rowOf.get(updated) : undefined;
  const errors: string[] = [];
  if (fields.length !== COLUMNS.length) {
    errors.push(`expected ${COLUMNS.length} fields; got ${fields.length}`);
  } else {
    if (!/^[1-9]\d*$/.test(size)) errors.push(`expected a size in bytes; got ${shown(size)}`);
    if (!/^[0-9a-f]{16}$/.test(digest)) {
      errors.push(`expected 16 hexadecimal digits; got ${shown(digest)}`);
    }
    if (updated !== "" && updates === undefined) errors.push(`unknown package: ${updated}`);
    if (updated === "" && rowOf.has(name)) errors.push(`duplicate package: ${name}`);
  }
  const file = { package: name, version, architecture, size: Number(size), digest };
  const base = set === "base";
  return {
    file: updates === undefined ? { ...file, base } : { ...file, base, updates },
    errors,
  };
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
