import { test } from "uvu";
import * as assert from "uvu/assert";
import { exampleReport } from "../testing.ts";
import { answerSection } from "./answer.ts";

const example = exampleReport();
/** Without what keeps lines from breaking. */
const told = (answered: Parameters<typeof answerSection>[0]) =>
  answerSection(answered)
    .markup.replaceAll("\u00a0", " ")
    .replace(/<span class="part">(.*?)<\/span>|<wbr>/g, "$1");

test("below the sentences a row a metric says who is best, and who may be", () => {
  const markup = told(example);
  assert.match(markup, '<th scope="col">against origin-only</th>');
  assert.match(
    markup,
    '<td class="names"><b>tracker-informed</b></td><td>272 GB (268 to 275)</td>' +
      '<td><b>−81.4 %</b><span class="bounds">−81.9 % to −80.9 %, 99.8 %</span></td><td>–</td>' +
      '<td class="names rivals">none: it is surely the best</td>',
  );
  assert.match(markup, '<td>–</td><td>12.1 s</td><td class="names rivals">least-loaded</td>');
});

test("of many that cannot be told apart three are named, and the others where a reader asks", () => {
  const [row] = example.answerTable;
  const rowWith = (rivals: string[]) => ({ ...(row as NonNullable<typeof row>), rivals });
  const five = told({ ...example, answerTable: [rowWith(["a", "b", "c", "d", "e"])] });
  assert.match(five, "<span>a, b, c</span> <details><summary>and 2 others</summary>d, e</details>");
  const four = told({ ...example, answerTable: [rowWith(["a", "b", "c", "d"])] });
  assert.match(four, '<td class="names rivals">a, b, c, d</td>');
});

test("others with the same value stand beside the best, and are no rivals", () => {
  const [row] = example.answerTable;
  const tied = { ...(row as NonNullable<typeof row>), ties: ["a", "b"] };
  const markup = told({ ...example, answerTable: [tied] });
  assert.match(
    markup,
    "<b>tracker-informed</b> <details><summary>and 2 with the same value</summary>a, b",
  );
  assert.match(markup, '<td class="names rivals">no others</td>');
});

test("without a baseline nothing is compared with it", () => {
  const answerTable = example.answerTable.map((row) => ({ ...row, change: null }));
  assert.not.match(told({ ...example, answerTable }), "against origin-only");
});

test("where all are alike nobody is best, and where nobody is there is no table", () => {
  const [row] = example.answerTable;
  const alike = { ...(row as NonNullable<typeof row>), best: null };
  const markup = told({ ...example, answerTable: [alike] });
  assert.match(markup, '<td class="names">all alike</td>');
  assert.match(markup, '<td class="names rivals">–</td>');
  assert.not.match(told({ ...example, answerTable: [] }), "<table>");
});

test.run();
