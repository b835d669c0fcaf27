import { test } from "uvu";
import * as assert from "uvu/assert";
import { reportPage } from "./page.ts";
import { exampleReport } from "./testing.ts";

/** Without an apostrophe, which a page writes in its own way. */
const example = { ...exampleReport(), answer: "They do, under every policy." };
const page = reportPage(example);

test("the same data give the same bytes", () => {
  assert.is(reportPage(structuredClone(example)), page);
});

test("a page is smaller than 2.5 MB", () => {
  assert.ok(Buffer.byteLength(page) < 2.5e6);
});

test("what was simulated stands before the answer, and that before numbers, charts and table", () => {
  const places = [
    "When a new release",
    '<h2 id="setup">What was simulated',
    example.setup.tables[0]?.title ?? "",
    example.answer,
    '<h2 id="key-numbers">',
    "Figure 1.",
    "Figure 4.",
    '<h2 id="results">',
    '<h2 id="notes">',
    '<h2 id="facts">How to make these results again',
  ].map((text) => visible(page).indexOf(text));
  assert.ok(places[0] !== -1);
  assert.equal(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test("the contents lead to sections that there are", () => {
  const led = [...visible(page).matchAll(/<a href="#([\w-]+)">/g)].map(([, id]) => id);
  assert.equal(led, [
    "setup",
    "answer",
    "key-numbers",
    "charts",
    "results",
    "notes",
    "metrics",
    "facts",
  ]);
  for (const id of led) assert.match(visible(page), `<h2 id="${id}">`);
  assert.not.match(reportPage({ ...example, notes: [] }), 'href="#notes"');
});

test("nothing in the page points outside of it", () => {
  assert.not.match(visible(page), /(src|href|url)\s*[=(]\s*["']?(https?:|\/\/)/);
});

test("texts cannot become markup, in the page or in its data", () => {
  const attack = `</script></style><img src=x onerror="alert('1')">`;
  const attacked = reportPage({
    ...example,
    experiment: attack,
    title: attack,
    question: attack,
    answer: attack,
    facts: [{ label: attack, value: attack }],
    answerTable: example.answerTable.map((row) => ({ ...row, best: attack, rivals: [attack] })),
    setup: {
      ...example.setup,
      sentences: [attack],
      tables: [{ title: attack, columns: [attack, "b"], rows: [[attack, attack]], isFolded: true }],
    },
    notes: [attack],
    policies: example.policies.map((policy) => (policy === "random" ? attack : policy)),
    metrics: example.metrics.map((metric) => ({ ...metric, name: attack, summary: attack })),
    load: example.load.map((row) => ({ ...row, policy: attack, class: attack })),
  });
  assert.not.match(attacked, "<img src=x");
  assert.is(count(attacked, "</script>"), count(page, "</script>"));
  assert.is(count(attacked, "</style>"), count(page, "</style>"));
});

test("saved bytes are the negative difference as a share of the baseline", () => {
  // 1 - 0.186 of the example's server bytes.
  assert.match(visible(page), />Saved by the server<\/a><\/h3><p class="number">81\.4\u00a0%/);
});

test("a page of nothing but words has no charts and no cards", () => {
  const bare = reportPage({
    ...example,
    notes: [],
    policies: [],
    baseline: null,
    metrics: [],
    serverRate: [],
    visits: [],
    delay: [],
    decisions: [],
    beliefs: [],
    load: [],
    backlog: [],
    busy: [],
    syncDays: [],
  });
  for (const absent of ["Key numbers", "<figure", "Notes"]) assert.not.match(visible(bare), absent);
  assert.match(visible(bare), example.answer);
});

/** The page without its scripts. */
function visible(html: string): string {
  return html.replace(/<script.*?<\/script>/gs, "");
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

test.run();
