import type * as z from "zod";
import { type Complaint, type Sentence, sentence } from "./complaint.ts";
import { excerpt, type Span } from "./excerpt.ts";
import type { JsonSchema } from "./field.ts";
import { knownFields } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import type { Overridden } from "./override.ts";
import type { YamlSource } from "./yaml-source.ts";

export type Issues = readonly z.core.$ZodIssue[];

export interface Checked {
  readonly file: string;
  readonly text: string;
  readonly source: YamlSource;
  /** What was checked: the source's value with overrides applied. */
  readonly document: unknown;
  readonly overridden: readonly Overridden[];
  readonly schema: JsonSchema;
}

/** Everything wrong with an experiment, in the order of its file; flags come first. */
export function reportIssues(checked: Checked, issues: Issues): string[] {
  const mistakes = issues.flatMap((issue) => mistakesOf(issue, checked.schema));
  const meant = new Set(mistakes.map(({ meant }) => meant));
  const syntax = checked.source.problems.map(({ text, ...span }) => ({
    offset: span.offset,
    report: excerpt(checked.file, checked.text, span, text),
  }));
  const explained = mistakes
    .filter(({ path, complaint }) => complaint.kind !== "missing" || !meant.has(keyOf(path)))
    .map((mistake) => located(mistake, checked));
  return [...syntax, ...explained].sort((a, b) => a.offset - b.offset).map(({ report }) => report);
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly complaint: Complaint;
  /** The field that was probably meant, as its whole path; then it is not missing. */
  readonly meant?: string;
}

function mistakesOf(issue: z.core.$ZodIssue, schema: JsonSchema): Mistake[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const known = knownFields(schema, path);
    return issue.keys.map((found) => ({
      path: [...path, found],
      complaint: { kind: "unknown", what: "field", found, known },
      meant: keyOf([...path, nearest(found, known) ?? ""]),
    }));
  }
  if (issue.code === "invalid_type") {
    const what = issue.expected === "array" ? "a list" : "a mapping";
    return [{ path, complaint: { kind: "expected", what } }];
  }
  if (issue.code !== "custom") throw new Error(`unknown issue: ${issue.code}`);
  const { complaint } = issue.params as { readonly complaint: Complaint };
  return [{ path, complaint }];
}

function located(mistake: Mistake, checked: Checked): { offset: number; report: string } {
  const { file, text, source, document, overridden } = checked;
  const { path } = mistake;
  const value = valueAt(document, path);
  const isMissing = value === undefined && mistake.complaint.kind === "expected";
  const complaint = isMissing ? ({ kind: "missing" } as const) : mistake.complaint;
  const said = sentence(complaint, nameOf(path), value);

  const flag = overridden.find((override) =>
    override.path.every((key, i) => key === path[i]),
  )?.flag;
  if (flag !== undefined) return { offset: -1, report: withFlag(flag, said) };
  const span = spanOf({ path, complaint }, source, text);
  return { offset: span.offset, report: excerpt(file, text, span, said.text, said.hint) };
}

function withFlag(flag: string, { text, hint }: Sentence): string {
  return hint === undefined ? `${flag}: ${text}` : `${flag}: ${text}\n      = ${hint}`;
}

/**
 * A missing field is shown at the mapping that lacks it, an unknown name at itself, which may be a
 * part of a composed one.
 */
function spanOf({ path, complaint }: Mistake, source: YamlSource, text: string): Span {
  if (complaint.kind === "missing") return source.spanOfKey(path.slice(0, -1));
  const { found = undefined } = "found" in complaint ? complaint : {};
  if (found === undefined) return source.spanOfValue(path);
  const isName = String(path.at(-1)).split("+").includes(found);
  const { offset, length } = isName ? source.spanOfKey(path) : source.spanOfValue(path);
  const parts = text.slice(offset, offset + length).split("+");
  const before = parts.indexOf(found);
  if (before < 0) return { offset, length };
  const skipped = parts.slice(0, before).join("+").length + Math.sign(before);
  return { offset: offset + skipped, length: found.length };
}

/** The field's own name, with its place in a list if it stands in one: `dispatch[2]`. */
function nameOf(path: readonly PropertyKey[]): string {
  const start = path.findLastIndex((key) => typeof key !== "number");
  const indices = path.slice(start + 1).map((index) => `[${String(index)}]`);
  return `${start < 0 ? "experiment" : String(path[start])}${indices.join("")}`;
}

function keyOf(path: readonly PropertyKey[]): string {
  return path.map(String).join("\n");
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
