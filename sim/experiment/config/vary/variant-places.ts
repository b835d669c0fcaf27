import type { Span } from "../excerpt.ts";
import { valueAt } from "../override.ts";
import type { Places } from "../report-issues.ts";
import type { YamlSource } from "../yaml-source.ts";
import { type Setting, spanOfStep, startsWith } from "./setting.ts";

/**
 * Where the parts of a variant's document stand in the file: what a setting put there, at the
 * setting; all else where it is written.
 */
export class VariantPlaces implements Places {
  readonly #source: YamlSource;
  readonly #document: unknown;
  readonly #settings: readonly Setting[];

  /** `document` is the experiment before the settings. */
  constructor(source: YamlSource, document: unknown, settings: readonly Setting[]) {
    this.#source = source;
    this.#document = document;
    this.#settings = settings;
  }

  spanOfValue(path: readonly PropertyKey[]): Span {
    const setting = this.#settings.find((each) => startsWith(path, each.path));
    if (setting !== undefined) return this.#source.spanOfValue(within(setting, path));
    return this.#made(path) ?? this.#source.spanOfValue(path);
  }

  spanOfKey(path: readonly PropertyKey[]): Span {
    const setting = this.#settings.find((each) => startsWith(path, each.path));
    if (setting === undefined) return this.#made(path) ?? this.#source.spanOfKey(path);
    if (path.length > setting.path.length) return this.#source.spanOfKey(within(setting, path));
    return spanOfStep(this.#source, setting.written, path.length - 1);
  }

  textOf(span: Span): string {
    return this.#source.textOf(span);
  }

  spanOfGap(path: readonly PropertyKey[]): Span {
    const taken = this.#settings.find(
      (each) => each.path.length === path.length && startsWith(path, each.path),
    );
    if (taken === undefined) return this.spanOfKey(path.slice(0, -1));
    return spanOfStep(this.#source, taken.written, path.length - 1);
  }

  /** The step of a setting's path that made what is at `path`, or around it if that is missing. */
  #made(path: readonly PropertyKey[]): Span | undefined {
    for (let depth = path.length; depth > 0; depth--) {
      const place = path.slice(0, depth);
      if (valueAt(this.#document, place) !== undefined) return undefined;
      const setting = this.#settings.find((each) => startsWith(each.path, place));
      if (setting !== undefined) return spanOfStep(this.#source, setting.written, depth - 1);
    }
    return undefined;
  }
}

function within({ path: start, at }: Setting, path: readonly PropertyKey[]): PropertyKey[] {
  return [...at, ...path.slice(start.length)];
}
