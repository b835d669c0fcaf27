/** A line of text in a drawing, and the class by which it is styled. */
export interface Line {
  readonly text: string;
  readonly kind: string;
}

/** More lines than this of one text are cut: what it says in full stands beside the drawing. */
const MOST_LINES = 2;

/** A text in lines of at most so many letters, broken between words; nothing of an empty one. */
export function wrapped(text: string, columns: number, kind: string): Line[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else if (word !== "") {
      lines.push(word);
    }
  }
  const kept = lines.slice(0, MOST_LINES);
  const isCut = lines.length > MOST_LINES;
  return kept.map((line, at) => {
    const whole = isCut && at === MOST_LINES - 1 ? `${line} …` : line;
    return { text: whole.length > columns ? `${whole.slice(0, columns - 1)}…` : whole, kind };
  });
}
