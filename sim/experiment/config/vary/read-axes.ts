/** Reads `vary:`, the axes along which settings of an experiment vary, in both of its forms. */
import type { Complaint } from "../complaint.ts";
import type { Span } from "../excerpt.ts";
import { isMapping, type Overridden, valueAt } from "../override.ts";
import type { Mistake } from "../report-issues.ts";
import type { YamlSource } from "../yaml-source.ts";
import { factorOf, times } from "./factor.ts";
import { inSource, meetings, replacements } from "./meetings.ts";
import { RESERVED_NAMES } from "./reserved-names.ts";
import { resolvePaths, type Setting, spanOfStep, type WrittenPath } from "./setting.ts";

/** An axis with what each of its levels sets. */
export interface SettingsAxis {
  readonly name: string;
  readonly levels: readonly SettingsLevel[];
}

export interface SettingsLevel {
  readonly name: string;
  readonly settings: readonly Setting[];
  /** Where the level stands in the file. */
  readonly at: readonly PropertyKey[];
  readonly extent: Span;
}

/** What joins the parts of a cell's label, so that no part may hold it. */
const JOINT = " + ";

const SHORT_FORM = ["field", "values"];

/**
 * The axes in `vary`, with all that is wrong in them. `document` is the experiment around it, in
 * which paths are looked up. A level that has mistakes sets what is right in it.
 */
export function readAxes(
  vary: unknown,
  document: unknown,
  source: YamlSource,
  overridden: readonly Overridden[],
): { readonly axes: readonly SettingsAxis[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const axes = new AxesReader(document, source, mistakes).axes(vary);
  const met = [...meetings(axes), ...replacements(axes, overridden)];
  return { axes, mistakes: [...mistakes, ...met.map((each) => inSource(each, source))] };
}

class AxesReader {
  readonly #document: unknown;
  readonly #source: YamlSource;
  readonly #mistakes: Mistake[];

  constructor(document: unknown, source: YamlSource, mistakes: Mistake[]) {
    this.#document = document;
    this.#source = source;
    this.#mistakes = mistakes;
  }

  axes(vary: unknown): SettingsAxis[] {
    const at = ["vary"];
    if (!isMapping(vary)) return this.#complain(at, { kind: "expected", what: "a mapping" });
    const entries = Object.entries(vary);
    if (entries.length === 0) {
      return this.#complain(at, { kind: "expected", what: "at least one axis" });
    }
    return entries.flatMap(([name, axis]) => this.#axis(name, axis, [...at, name]));
  }

  #axis(name: string, axis: unknown, at: readonly string[]): SettingsAxis[] {
    if (!this.#isName("axis", name, at)) return [];
    const reserved = `invalid axis: ${name}; a column of every result has that name`;
    if (RESERVED_NAMES.has(name)) this.#complainOfName(at, reserved);
    if (!isMapping(axis)) {
      return this.#complain(at, { kind: "expected", what: "levels, or a field and its values" });
    }
    const isShort = SHORT_FORM.some((field) => Object.hasOwn(axis, field));
    const levels = isShort ? this.#values(axis, at) : this.#levels(axis, at);
    return levels.length === 0 ? [] : [{ name, levels }];
  }

  #levels(axis: Readonly<Record<string, unknown>>, at: readonly string[]): SettingsLevel[] {
    const entries = Object.entries(axis);
    if (entries.length === 0) {
      return this.#complain(at, { kind: "expected", what: "at least one level" });
    }
    return entries.flatMap(([name, level]) => {
      const levelAt = [...at, name];
      if (!this.#isName("level", name, levelAt)) return [];
      if (!isMapping(level)) {
        const what = "a mapping of paths to values";
        return this.#level(name, levelAt, this.#complain(levelAt, { kind: "expected", what }));
      }
      const settings = Object.entries(level).flatMap(([text, value]) => {
        const valueAt = [...levelAt, text];
        return this.#setting({ text, at: valueAt, as: "name" }, value, valueAt);
      });
      return this.#level(name, levelAt, settings);
    });
  }

  #level(name: string, at: readonly PropertyKey[], settings: readonly Setting[]): SettingsLevel {
    return { name, settings, at, extent: this.#source.spanOfValue(at) };
  }

  /** The short form: one field, and a level for each of its values. */
  #values(axis: Readonly<Record<string, unknown>>, at: readonly string[]): SettingsLevel[] {
    for (const found of Object.keys(axis)) {
      const complaint = { kind: "unknown", what: "field", found, known: SHORT_FORM } as const;
      if (!SHORT_FORM.includes(found)) this.#complain([...at, found], complaint);
    }
    const written = { text: String(axis["field"]), at: [...at, "field"], as: "value" } as const;
    const paths = this.#fieldPaths(axis["field"], written);
    const levels = this.#valueList(axis["values"], [...at, "values"]).map(
      ({ value, at: valueAt }) => {
        const settings = paths.flatMap((path) => this.#put(path, value, valueAt, written));
        return this.#level(String(value), valueAt, settings);
      },
    );
    for (const [index, { name, at: levelAt }] of levels.entries()) {
      const isRepeated = levels.findIndex((level) => level.name === name) < index;
      const text = `duplicate level: ${name}`;
      if (isRepeated) this.#complain(levelAt, { kind: "other", text });
    }
    return levels;
  }

  #fieldPaths(field: unknown, written: WrittenPath): Setting["path"][] {
    if (typeof field === "string") return this.#pathsOf(written);
    return this.#complain(written.at, { kind: "expected", what: "a path" });
  }

  #valueList(values: unknown, at: readonly PropertyKey[]) {
    if (!Array.isArray(values)) return this.#complain(at, { kind: "expected", what: "a list" });
    if (values.length === 0) {
      return this.#complain(at, { kind: "expected", what: "at least one value" });
    }
    return values.flatMap((value: unknown, index) => {
      const valueAt = [...at, index];
      if (!isName(value)) {
        const what = "a number, a text, true or false";
        return this.#complain(valueAt, { kind: "expected", what });
      }
      return this.#isName("level", String(value), valueAt) ? [{ value, at: valueAt }] : [];
    });
  }

  #setting(written: WrittenPath, value: unknown, at: readonly PropertyKey[]): Setting[] {
    return this.#pathsOf(written).flatMap((path) => this.#put(path, value, at, written));
  }

  #put(
    path: Setting["path"],
    value: unknown,
    at: readonly PropertyKey[],
    written: WrittenPath,
  ): Setting[] {
    if (value === null && typeof path.at(-1) === "number") {
      return this.#complain(at, { kind: "expected", what: "a value" });
    }
    if (factorOf(value) !== null && times(valueAt(this.#document, path), 1) === null) {
      const text = `expected a number at ${path.join(".")} to multiply; got none`;
      return this.#complain(at, { kind: "other", text });
    }
    return [{ path, value, at, written }];
  }

  #pathsOf(written: WrittenPath): Setting["path"][] {
    const resolved = resolvePaths(written.text, this.#document);
    if ("paths" in resolved) return [...resolved.paths];
    const { name, value, complaint, step } = resolved;
    const span = spanOfStep(this.#source, written, step);
    this.#mistakes.push({ path: [name], complaint, value, span });
    return [];
  }

  /** Complains of a name that labels cannot bear. */
  #isName(what: string, name: string, at: readonly PropertyKey[]): boolean {
    if (name.trim() === "") this.#complainOfName(at, `missing name of the ${what}`);
    else if (name.includes(JOINT)) {
      this.#complainOfName(at, `invalid ${what}: ${name}; "${JOINT}" joins the parts of labels`);
    } else return true;
    return false;
  }

  #complainOfName(at: readonly PropertyKey[], text: string): void {
    const complaint = { kind: "other", text } as const;
    this.#mistakes.push({ path: at, complaint, span: this.#source.spanOfKey(at) });
  }

  #complain(at: readonly PropertyKey[], complaint: Complaint): [] {
    this.#mistakes.push({ path: at, complaint });
    return [];
  }
}

function isName(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
