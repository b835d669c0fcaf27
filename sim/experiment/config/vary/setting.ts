import type { Complaint } from "../complaint.ts";
import type { Span } from "../excerpt.ts";
import { isMapping, valueAt } from "../override.ts";
import type { YamlSource } from "../yaml-source.ts";

/** A value that a level puts into the experiment's document. */
export interface Setting {
  /** Where the value goes: names of fields, and numbers of items of lists. */
  readonly path: readonly (string | number)[];
  /** What is put there. Null takes away what the file says, so that the default holds. */
  readonly value: unknown;
  /** Where the value stands in the file. */
  readonly at: readonly PropertyKey[];
  readonly written: WrittenPath;
}

/** A path as the file writes it: `system.volunteers.complete.uplink`. */
export interface WrittenPath {
  readonly text: string;
  /** Where the text stands in the file, and whether as a field's name or as a value. */
  readonly at: readonly PropertyKey[];
  readonly as: "name" | "value";
}

/** What is wrong with a step of a written path: the first is 0. */
export interface Misstep {
  readonly step: number;
  readonly complaint: Complaint;
  /** What the complaint calls by name, and what it has. */
  readonly name: string;
  readonly value: unknown;
}

/** The parts of an experiment that levels may set. The others are one for all of its cells. */
export const SETTABLE = ["system", "workload", "policies"] as const;

/** And those that they may not. */
const FIXED = ["title", "question", "seed", "replications", "until", "measure", "compare", "vary"];

/**
 * Finds the place in `document` that a path names. Items of a list are named by their numbers from
 * 0, or by their `name`. Mappings that are missing on the way will be made.
 */
export function resolvePath(
  text: string,
  document: unknown,
): { readonly path: readonly (string | number)[] } | Misstep {
  const steps = text.split(".");
  const path: (string | number)[] = [];
  let node: unknown = document;
  for (const [step, name] of steps.entries()) {
    const misstep = (complaint: Complaint, of = name, value: unknown = node) => {
      return { step, complaint, name: of, value };
    };
    if (name.trim() === "") return misstep({ kind: "expected", what: "a path" }, "setting", text);
    if (step === 0) {
      const complaint = rootComplaint(name);
      if (complaint !== null) return misstep(complaint);
    }
    if (Array.isArray(node)) {
      const index = itemOf(node, name);
      if (index === undefined) {
        return misstep({ kind: "unknown", what: "item", found: name, known: itemNames(node) });
      }
      path.push(index);
      node = node[index];
    } else if (node === undefined || isMapping(node)) {
      path.push(name);
      node = node !== undefined && Object.hasOwn(node, name) ? node[name] : undefined;
    } else {
      const complaint = { kind: "expected", what: "a mapping or a list" } as const;
      return { ...misstep(complaint, steps[step - 1]), step: step - 1 };
    }
  }
  return { path };
}

/** The places that a path names, in which `*` stands for each item of a list. */
export function resolvePaths(
  text: string,
  document: unknown,
): { readonly paths: readonly (readonly (string | number)[])[] } | Misstep {
  const steps = text.split(".");
  const star = steps.indexOf("*");
  if (star < 0) {
    const resolved = resolvePath(text, document);
    return "path" in resolved ? { paths: [resolved.path] } : resolved;
  }
  const list = resolvePath(steps.slice(0, star).join("."), document);
  if (!("path" in list)) return list;
  const items = valueAt(document, list.path);
  if (!Array.isArray(items)) {
    const [name, value] = [steps[star - 1], items];
    return { step: star - 1, complaint: { kind: "expected", what: "a list" }, name, value };
  }
  const each = items.map((_, item) =>
    resolvePaths(steps.with(star, String(item)).join("."), document),
  );
  const wrong = each.find((resolved) => !("paths" in resolved));
  if (wrong !== undefined) return wrong;
  return { paths: each.flatMap((resolved) => ("paths" in resolved ? resolved.paths : [])) };
}

/** A copy of `document` with the settings in it. No two of them may overlap. */
export function withSettings(document: unknown, settings: readonly Setting[]): unknown {
  return settings.reduce((at, { path, value }) => withValue(at, path, value), document);
}

/** Whether one of two places holds the other, so that what is set last would count. */
export function overlap(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return startsWith(a, b) || startsWith(b, a);
}

export function startsWith(path: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.every((key, depth) => key === path[depth]);
}

/** Where step `step` of a written path stands; the whole text where its quotes hide that. */
export function spanOfStep(source: YamlSource, { text, at, as }: WrittenPath, step: number): Span {
  const span = as === "name" ? source.spanOfKey(at) : source.spanOfValue(at);
  const quotes = span.length - text.length;
  if (quotes !== 0 && quotes !== 2) return span;
  const steps = text.split(".");
  const before = steps.slice(0, step).join(".").length + (step > 0 ? 1 : 0);
  return {
    offset: span.offset + quotes / 2 + before,
    length: Math.max(1, steps[step]?.length ?? 0),
  };
}

function rootComplaint(name: string): Complaint | null {
  if (SETTABLE.some((part) => part === name)) return null;
  if (!FIXED.includes(name))
    return { kind: "unknown", what: "field", found: name, known: SETTABLE };
  return { kind: "other", text: `invalid setting: ${name}; not in ${SETTABLE.join(", ")}` };
}

function itemOf(list: readonly unknown[], name: string): number | undefined {
  const number = /^\d+$/.test(name)
    ? Number(name)
    : list.findIndex((item) => nameOf(item) === name);
  return number >= 0 && number < list.length ? number : undefined;
}

function itemNames(list: readonly unknown[]): string[] {
  return list.map((item, index) => nameOf(item) ?? String(index));
}

function nameOf(item: unknown): string | undefined {
  const name = isMapping(item) ? item["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

function withValue(node: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(node) && typeof key === "number") {
    return node.with(key, withValue(node[key], rest, value));
  }
  const mapping = isMapping(node) ? node : {};
  const { [key]: before, ...others } = mapping;
  if (rest.length === 0 && value === null) return others;
  return { ...mapping, [key]: withValue(before, rest, value) };
}
