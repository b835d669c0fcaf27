import type * as z from "zod";
import { type Complaint, type Sentence, sentence } from "./complaint.ts";
import { excerpt, type Span } from "./excerpt.ts";
import type { JsonSchema } from "./field.ts";
import { knownFields } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import { type Overridden, valueAt } from "./override.ts";
import type { SyntaxProblem, YamlSource } from "./yaml-source.ts";

export type Issues = readonly z.core.$ZodIssue[];

/** A text whose mistakes are shown. */
export interface Text {
  readonly file: string;
  readonly text: string;
}

export interface Checked {
  readonly places: Places;
  /** What was checked: what the file says, with what replaces it. */
  readonly document: unknown;
  readonly overridden: readonly Overridden[];
  readonly schema: JsonSchema;
}

/** Where in a text the parts of a document stand. */
export interface Places {
  spanOfValue(path: readonly PropertyKey[]): Span;
  spanOfKey(path: readonly PropertyKey[]): Span;
  /** Where something is missing. */
  spanOfGap(path: readonly PropertyKey[]): Span;
  textOf(span: Span): string;
}

/** Something wrong with the field at `path`. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly complaint: Complaint;
  /** The field that was probably meant, as its whole path; then it is not missing. */
  readonly meant?: string;
  /** Its value, if the document does not tell. */
  readonly value?: unknown;
  /** Where it stands, if the path does not tell. */
  readonly span?: Span;
}

/** A mistake in words, at its place. */
export interface Finding {
  readonly span: Span;
  readonly said: Sentence;
  /** The flag of the command line that is wrong, and not the file. */
  readonly flag: string | undefined;
}

/** Everything that the schema's issues and the YAML itself say of a file. */
export function reportIssues(
  checked: Text & Omit<Checked, "places"> & { readonly source: YamlSource },
  issues: Issues,
): string[] {
  const { source } = checked;
  return report(checked, source.problems, findingsOf({ ...checked, places: source }, issues));
}

/** Everything wrong with a file, in its order; flags come first. Nothing is told twice. */
export function report(
  { file, text }: Text,
  syntax: readonly SyntaxProblem[],
  findings: readonly Finding[],
): string[] {
  const told = new Map<string, { offset: number; report: string }>();
  const tell = (offset: number, said: string) => {
    told.set(`${offset} ${said}`, { offset, report: said });
  };
  for (const { text: said, ...span } of syntax) tell(span.offset, excerpt(file, text, span, said));
  for (const { span, said, flag } of findings) {
    if (flag !== undefined) tell(-1, withFlag(flag, said));
    else tell(span.offset, excerpt(file, text, span, said.text, said.hint));
  }
  return [...told.values()].sort((a, b) => a.offset - b.offset).map((each) => each.report);
}

/** What the schema's issues say of what was checked. */
export function findingsOf(checked: Checked, issues: Issues): Finding[] {
  const mistakes = issues.flatMap((issue) => mistakesOf(issue, checked.schema));
  const meant = new Set(mistakes.map((mistake) => mistake.meant));
  return mistakes
    .filter(({ path, complaint }) => complaint.kind !== "missing" || !meant.has(keyOf(path)))
    .map((mistake) => finding(checked, mistake));
}

export function finding(checked: Omit<Checked, "schema">, mistake: Mistake): Finding {
  const { places, document, overridden } = checked;
  const { path, value = valueAt(document, path) } = mistake;
  const isMissing = value === undefined && mistake.complaint.kind === "expected";
  const complaint = isMissing ? ({ kind: "missing" } as const) : mistake.complaint;
  const flag = overridden.find((override) =>
    override.path.every((key, i) => key === path[i]),
  )?.flag;
  return {
    span: mistake.span ?? spanOf({ path, complaint }, places),
    said: sentence(complaint, nameOf(path), value),
    flag,
  };
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

function withFlag(flag: string, { text, hint }: Sentence): string {
  return hint === undefined ? `${flag}: ${text}` : `${flag}: ${text}\n      = ${hint}`;
}

/**
 * A missing field is shown at the mapping that lacks it, an unknown name at itself, which may be a
 * part of a composed one.
 */
function spanOf({ path, complaint }: Mistake, places: Places): Span {
  if (complaint.kind === "missing") return places.spanOfGap(path);
  const { found = undefined } = "found" in complaint ? complaint : {};
  if (found === undefined) return places.spanOfValue(path);
  const isName = String(path.at(-1)).split("+").includes(found);
  const span = isName ? places.spanOfKey(path) : places.spanOfValue(path);
  const parts = places.textOf(span).split("+");
  const before = parts.indexOf(found);
  if (before < 0) return span;
  const skipped = parts.slice(0, before).join("+").length + Math.sign(before);
  return { offset: span.offset + skipped, length: found.length };
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
