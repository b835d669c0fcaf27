import { posix } from "node:path";
import { evaluate, type Sources } from "./expression.ts";
import { endOf, isBlock } from "./mark.ts";
import type { Source } from "./source.ts";
import { standingText } from "./standing.ts";
import { tableText } from "./table.ts";
import { placeOf, type ReadMark, type Text } from "./text.ts";

export interface Renewed {
  /** The text with what its marks ask for. */
  readonly text: string;
  /** Charts as SVG, by the path of their file. */
  readonly figures: ReadonlyMap<string, string>;
  /** What is wrong with its marks, each with its place. */
  readonly problems: readonly string[];
  /** Marks that stay as they are, since not all that they need is there, each with its place. */
  readonly left: readonly string[];
}

/** Writes anew what the marks of a text ask for, as far as the sources are there. */
export function renewed(text: Text, sources: ReadonlyMap<string, Source>): Renewed {
  const figures = new Map<string, string>();
  const problems: string[] = [];
  const left: string[] = [];
  const parts: string[] = [];
  let written = 0;
  for (const mark of text.marks) {
    const missing = mark.needs.filter((name) => !sources.has(name));
    const place = `${text.file}:${mark.line}`;
    if (missing.length > 0) {
      const isAlone = missing.length === mark.needs.length;
      if (!isAlone)
        left.push(`${place}: ${mark.kind} is left, since it needs ${missing.join(", ")}`);
      continue;
    }
    try {
      const content = contentOf(mark, text, sources, figures);
      const origins = new Map(
        mark.needs.map((name) => [name, sources.get(name)?.fingerprint ?? ""]),
      );
      const end = isBlock(mark) ? endOf(origins) : "<!-- end -->";
      parts.push(text.text.slice(written, mark.from), content, end);
      written = mark.to;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push(`${placeOf(text.file, mark, error)}: ${error.message}`);
    }
  }
  parts.push(text.text.slice(written));
  return { text: parts.join(""), figures, problems, left };
}

/** What stands between a mark and its end. @throws Error when a name in the mark is not known. */
export function contentOf(
  { asked, content }: ReadMark,
  { name, file }: Text,
  known: ReadonlyMap<string, Source>,
  figures: Map<string, string>,
): string {
  const sources: Sources = (of) => {
    const source = known.get(of);
    if (source === undefined) throw new Error(`unknown source: ${of}`);
    return source;
  };
  switch (asked.kind) {
    case "table":
      return `\n\n${tableText(asked.spec, sources, name)}\n\n`;
    case "standing":
      return `\n\n${standingText(asked.policy, sources(asked.of))}\n\n`;
    case "value":
      return evaluate(asked.expression, { sources, from: name, choice: new Map() }).text;
    case "fingerprint":
      return `\`${sources(asked.of).fingerprint}\``;
    case "figure": {
      const [path, svg] = figureOf(asked.chart, sources(asked.of), content);
      if (svg !== null) figures.set(posix.join(posix.dirname(file), path), svg);
      return content;
    }
  }
}

/** The file that the image inside the mark shows, and the chart that goes there. */
function figureOf(chart: string, { name, figures }: Source, content: string) {
  const path = imageIn(content);
  if (path === undefined) throw new Error("expected an image, ![…](….svg), in a figure; got none");
  if (figures === null) return [path, null] as const;
  const svg = figures.get(chart);
  if (svg !== undefined) return [path, svg] as const;
  const known = [...figures.keys()].sort().join(", ");
  throw new Error(`unknown chart of ${name}: ${chart}; known: ${known}`);
}

/** The file of the image in a piece of Markdown. */
export function imageIn(content: string): string | undefined {
  return /!\[[^\]]*\]\(([^)\s]+\.svg)\)/.exec(content)?.[1];
}
