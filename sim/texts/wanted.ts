import { InputError } from "../engine/input-error.ts";
import { unknown } from "./source.ts";
import type { Text } from "./text.ts";

/**
 * The sources that a command asks for, in the order of the texts. The name of a text stands for all
 * sources of its marks. Without names these are all but those that take long; what a table needs
 * beside one of them comes too, unless it takes long.
 *
 * @throws InputError when a name is that of no text and no source.
 */
export function wantedSources(
  texts: readonly Text[],
  { names, all }: { readonly names: readonly string[]; readonly all: boolean },
): string[] {
  const marks = texts.flatMap((text) => text.marks.map((mark) => ({ ...mark, text: text.name })));
  const sources = [...new Set(marks.flatMap(({ needs }) => needs))];
  const long = longSources(texts);
  const known = [...new Set([...marks.map(({ text }) => text), ...sources])];
  for (const name of names) {
    if (!known.includes(name)) throw new InputError([unknown("experiment", name, known).message]);
  }
  const wanted = new Set(
    names.length === 0
      ? sources.filter((name) => all || !long.has(name))
      : [
          ...names,
          ...marks.filter(({ text }) => names.includes(text)).flatMap((mark) => mark.needs),
        ],
  );
  const isWanted = (name: string) => wanted.has(name);
  for (const { needs } of marks) {
    if (!needs.some(isWanted)) continue;
    for (const name of needs) if (!long.has(name)) wanted.add(name);
  }
  return sources.filter(isWanted);
}

/** The sources that are run only when they are named. */
export function longSources(texts: readonly Text[]): Set<string> {
  return new Set(
    texts.flatMap(({ marks }) =>
      marks.flatMap(({ asked }) => (asked.kind === "fingerprint" && asked.isLong ? asked.of : [])),
    ),
  );
}
