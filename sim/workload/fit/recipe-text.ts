import { Document, isSeq, visit } from "yaml";

const HEAD = ` Fitted to a trace by sim trace fit. Tables hold shares with the values that so large a
 share does not exceed: sizes in bytes, gaps in seconds.`;

/** A fitted recipe, its quantities with their units, as a file: YAML with every table on a line of its own, however long. */
export function recipeText(recipe: Readonly<Record<string, unknown>>): string {
  const document = new Document(recipe);
  document.commentBefore = HEAD;
  visit(document, {
    Seq(_, list) {
      // Lists of numbers, and of pairs of them; lists of mappings stay blocks.
      const first = list.items[0];
      const isNumbers = list.items.length > 0 && "value" in (first as object);
      if (isNumbers || isSeq(first)) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
