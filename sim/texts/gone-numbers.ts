import type { Text } from "./text.ts";

/** A number with at least two digits, as texts write it. */
const NUMBER = /(?<![\w.,])\d(?:[\d,]|\.(?=\d))*\d(?![\w])/g;

/**
 * Lines of a renewed text in whose sentences stands a number that its tables told before and tell no
 * longer: whoever renews a text reads them again.
 */
export function goneNumbers(before: Text, after: Text): string[] {
  const told = numbersIn(after);
  const gone = new Set([...numbersIn(before)].filter((number) => !told.has(number)));
  if (gone.size === 0) return [];
  return sentencesOf(after).flatMap((line, at) => {
    const found = [...new Set(line.match(NUMBER) ?? [])].filter((number) => gone.has(number));
    return found.length === 0
      ? []
      : [
          `${after.file}:${at + 1}: ${found.join(", ")} ${found.length > 1 ? "are" : "is"} in no table any more`,
        ];
  });
}

function numbersIn({ marks }: Text): Set<string> {
  return new Set(marks.flatMap(({ content }) => content.match(NUMBER) ?? []));
}

/** The lines of a text without its marks and what they hold. */
function sentencesOf({ text, marks }: Text): string[] {
  let sentences = text;
  for (const { from, to, says } of marks) {
    const start = sentences.lastIndexOf("<!--", from - says.length);
    const blank = sentences.slice(start, to).replace(/[^\n]/g, " ");
    sentences = sentences.slice(0, start) + blank + sentences.slice(to);
  }
  return sentences.split("\n");
}
