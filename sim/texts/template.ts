/** The text of a table's cell, with braces around what is looked up: `{delay.mean as 0 s} of {copies}`. */
import {
  type Evaluated,
  type Expression,
  evaluate,
  expressionOf,
  type Setting,
} from "./expression.ts";
import { Misplaced } from "./misplaced.ts";

export interface Template {
  readonly parts: readonly Part[];
  /** As it is written, and where in what its mark says. */
  readonly text: string;
  readonly offset: number;
}

type Part = Plain | Best;

type Plain =
  | { readonly kind: "text"; readonly text: string }
  /** The value of a dimension at the cell. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "expression"; readonly expression: Expression };

/** What is between stars is bold where it is best. */
interface Best {
  readonly kind: "best";
  readonly parts: readonly Plain[];
}

/** Stands in a template for what is written by hand. */
const BY_HAND = "by hand";

const BEST = /\*\*([^*]*\{[^*]*\}[^*]*)\*\*/;

/** @throws Error when what stands in braces cannot be read. */
export function templateOf(text: string, offset = 0): Template {
  return { text, offset, parts: partsOf(text) };
}

export function hasByHand({ text }: Template): boolean {
  return text.includes(`{${BY_HAND}}`);
}

function partsOf(text: string): Part[] {
  const best = BEST.exec(text);
  if (best === null) return plainParts(text);
  return [
    ...plainParts(text.slice(0, best.index)),
    { kind: "best", parts: plainParts(best[1]) },
    ...partsOf(text.slice(best.index + best[0].length)),
  ];
}

function plainParts(text: string): Plain[] {
  return text.split(/(\{[^{}]*\})/).flatMap((part): Plain[] => {
    if (part === "") return [];
    if (!part.startsWith("{")) return [{ kind: "text", text: part }];
    const inside = part.slice(1, -1).trim();
    return inside.includes(" as ")
      ? [{ kind: "expression", expression: expressionOf(inside) }]
      : [{ kind: "name", name: inside }];
  });
}

/** A filled template: texts, and between them what may be bold. */
export type Filled = readonly (string | Rated)[];

/** Bold where it is best. */
export interface Rated extends Evaluated {
  /** All that would be bold; `text` is what its first number tells. */
  readonly shown: string;
}

/** What a template takes beside the numbers. */
export interface Filling extends Setting {
  /** The name for people of a dimension's value. */
  readonly nameOf: (dimension: string) => string;
  readonly byHand: string | null;
}

/** @throws Misplaced when a name in it is not known. */
export function filled({ parts, offset }: Template, filling: Filling): Filled {
  try {
    return parts.map((part) =>
      part.kind === "best" ? rated(part, filling) : plain(part, filling),
    );
  } catch (error) {
    throw error instanceof Error ? new Misplaced(offset, error.message) : error;
  }
}

function rated({ parts }: Best, filling: Filling): Rated {
  const first = parts.find(({ kind }) => kind === "expression");
  if (first?.kind !== "expression") throw new Error("expected a metric between **; got none");
  const shown = parts.map((part) => plain(part, filling)).join("");
  return { ...evaluate(first.expression, filling), shown };
}

function plain(part: Plain, filling: Filling): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "expression":
      return evaluate(part.expression, filling).text;
    case "name":
      return part.name === BY_HAND ? (filling.byHand ?? "–") : filling.nameOf(part.name);
  }
}
