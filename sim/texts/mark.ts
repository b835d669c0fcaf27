/**
 * The marks of a text: HTML comments, which no reader of the page sees, around what is written anew.
 *
 *     <!-- table            <!-- figure: trade-off -->         (fingerprint <!-- fingerprint -->`…`<!-- end -->)
 *     rows: dispatch
 *     …                     ![what it shows](x.svg)            a mean of <!-- value: delay.mean as 0 s -->…<!-- end -->
 *     -->
 *                           <!-- end: flash f44a545dde6f9124 -->
 *     | … |
 *
 *     <!-- end: flash f44a545dde6f9124 -->
 */
import { InputError } from "../engine/input-error.ts";
import { nearest } from "../experiment/config/nearest.ts";

export const MARK_KINDS = ["table", "figure", "standing", "fingerprint", "value"] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** What is between a mark and its end is written anew; the mark itself is written by hand. */
export interface Mark {
  readonly kind: MarkKind;
  /** What the mark says after its kind. */
  readonly says: string;
  /** Line of the text, from 1, on which `says` begins. */
  readonly line: number;
  /** What stands between the mark and its end. */
  readonly content: string;
  /** Where `content` and the end that follows it stand in the text. */
  readonly from: number;
  readonly to: number;
  /** The fingerprints of what the content comes from, by name, as the end tells them. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Tables, figures and standings stand on lines of their own, the others inside sentences. */
export function isBlock({ kind }: Pick<Mark, "kind">): boolean {
  return kind === "table" || kind === "figure" || kind === "standing";
}

const COMMENT = /<!--([\s\S]*?)-->/g;
const END = /^\s*end\b:?([\s\S]*)$/;

/**
 * The marks of a text, in order.
 *
 * @throws InputError with every mark that is unknown or has no end, or no place of its own.
 */
export function marksOf(file: string, text: string): Mark[] {
  const marks: Mark[] = [];
  const problems: string[] = [];
  let open: Opened | null = null;
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  for (const comment of withoutCode(text).matchAll(COMMENT)) {
    const place = `${file}:${lineAt(comment.index)}`;
    const inside = text.slice(comment.index + "<!--".length, after(comment) - "-->".length);
    const end = END.exec(inside);
    if (end === null) {
      if (open !== null) problems.push(`${file}:${open.line}: expected <!-- end -->; got a mark`);
      open = opened(inside, comment.index, after(comment), lineAt);
      if (open === null) problems.push(`${place}: ${unknownKind(inside)}`);
    } else if (open === null) {
      problems.push(`${place}: expected a mark before <!-- end -->; got none`);
    } else {
      const { from } = open;
      const content = text.slice(from, comment.index);
      const mark = { ...open, content, to: after(comment), origins: originsOf(end[1]) };
      marks.push(mark);
      problems.push(...misplaced(mark, text).map((problem) => `${file}:${mark.line}: ${problem}`));
      open = null;
    }
  }
  if (open !== null) problems.push(`${file}:${open.line}: expected <!-- end -->; got none`);
  if (problems.length > 0) throw new InputError(problems);
  return marks;
}

interface Opened extends Pick<Mark, "kind" | "says" | "line" | "from"> {
  /** Where the comment begins. */
  readonly at: number;
}

function opened(
  inside: string,
  at: number,
  from: number,
  lineAt: (offset: number) => number,
): Opened | null {
  const [head, name] = /^\s*([a-z]*):?/.exec(inside) ?? ["", ""];
  const kind = MARK_KINDS.find((each) => each === name);
  if (kind === undefined) return null;
  const says = inside.slice(head.length);
  return { kind, says, line: lineAt(at + "<!--".length + head.length), from, at };
}

function unknownKind(inside: string): string {
  const found = inside.trim().split(/[\s:]/)[0] ?? "";
  const meant = nearest(found, MARK_KINDS);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  return `unknown mark: ${found}; known: ${MARK_KINDS.join(", ")}${hint}`;
}

/** Markdown takes a line that begins with a comment as HTML, up to the comment's end. */
function misplaced(mark: Mark & Pick<Opened, "at">, text: string): string[] {
  const before = text.slice(text.lastIndexOf("\n", mark.at - 1) + 1, mark.at);
  if (isBlock(mark)) {
    const isAlone = before === "" && mark.content.startsWith("\n") && mark.content.endsWith("\n");
    return isAlone ? [] : [`expected a ${mark.kind} on lines of its own; got it inside a line`];
  }
  const isWithin = before.trim() !== "" && !mark.content.includes("\n");
  return isWithin
    ? []
    : [`expected a ${mark.kind} inside a line; got it at the beginning of one, or over several`];
}

/** Names and fingerprints, as in `flash f44a545dde6f9124, sync 2c08a071ee1adff9`. */
function originsOf(told: string): Map<string, string> {
  const parts = told.split(",").map((part) => part.trim());
  return new Map(
    parts
      .filter((part) => part !== "")
      .map((part): [string, string] => {
        const space = part.lastIndexOf(" ");
        return space < 0 ? [part, ""] : [part.slice(0, space), part.slice(space + 1)];
      }),
  );
}

/** The end of a mark that tells what its content comes from. */
export function endOf(origins: ReadonlyMap<string, string>): string {
  const told = [...origins].map(([name, fingerprint]) => `${name} ${fingerprint}`).join(", ");
  return told === "" ? "<!-- end -->" : `<!-- end: ${told} -->`;
}

/** The text with blanks in place of code, in which a mark is an example; every offset stays. */
function withoutCode(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, " ");
  return text.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]*`/g, blank);
}

function after(match: RegExpExecArray): number {
  return match.index + match[0].length;
}
