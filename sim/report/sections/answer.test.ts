import { test } from "uvu";
import * as assert from "uvu/assert";
import { exampleReport } from "../testing.ts";
import { answerSection } from "./answer.ts";

const example = exampleReport();
/** Without what keeps lines from breaking. */
const told = (answered: Parameters<typeof answerSection>[0]) =>
  answerSection(answered)
    .markup.replaceAll("\u00a0", " ")
    .replace(/<\/?span.*?>|<wbr>/g, "");

test("below the sentences a row a metric says who is best, and who may be", () => {
  const markup = told(example);
  assert.match(markup, '<th scope="col">against origin-only</th>');
  assert.match(
    markup,
    '<td class="names"><b>tracker-informed</b></td><td>272 GB (268 to 275)</td>' +
      "<td>−81.4 % (−81.9 % to −80.9 %)</td><td>–</td>" +
      '<td class="names rivals">none: it is surely the best</td>',
  );
  assert.match(markup, '<td>–</td><td>12.1 s</td><td class="names rivals">least-loaded</td>');
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
