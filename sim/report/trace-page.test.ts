import { test } from "uvu";
import * as assert from "uvu/assert";
import { exampleTrace } from "./trace/testing.ts";
import { traceCharts, tracePage } from "./trace-page.ts";

const page = tracePage(exampleTrace());

test("the same data give the same bytes", () => {
  assert.is(tracePage(structuredClone(exampleTrace())), page);
});

test("figures stand beside their targets, and without any there is no such column", () => {
  assert.match(visible(page), '<th scope="row">files</th><td>4</td><td>4</td>');
  assert.match(visible(page), '<th scope="row">requests</th><td>5,748</td><td></td>');
  const figures = exampleTrace().figures.map((each) => ({ ...each, target: null }));
  assert.not.match(visible(tracePage({ ...exampleTrace(), figures })), ">target<");
});

test("nothing in the page points outside of it", () => {
  assert.not.match(visible(page), /(src|href|url)\s*[=(]\s*["']?(https?:|\/\/)/);
});

test("texts cannot become markup, in the page or in its data", () => {
  const attack = `</script></style><img src=x onerror="alert('1')">`;
  const example = exampleTrace();
  const attacked = tracePage({
    ...example,
    ...{ name: attack, title: attack, summary: attack, notes: [attack] },
    figures: [{ label: attack, value: attack, target: attack }],
    tables: [{ title: attack, columns: [attack], rows: [[attack]] }],
    access:
      example.access === null
        ? null
        : {
            ...example.access,
            crowds: [{ start: 0, end: 10, label: attack }],
          },
  });
  assert.not.match(attacked, "<img src=x");
  assert.is(attacked.split("</script>").length, page.split("</script>").length);
});

test("a trace has the charts of its kind, and an empty one has none", () => {
  const ids = (data: Parameters<typeof traceCharts>[0]) => traceCharts(data).map(({ id }) => id);
  const example = exampleTrace();
  assert.equal(ids({ ...example, sync: null }), [
    ...["kinds", "sizes", "popularity", "course-requests", "course-bytes", "rhythm"],
  ]);
  assert.equal(ids({ ...example, access: null }), ["sync-hours", "sync-nodes"]);
  assert.equal(ids({ ...example, access: null, sync: { hours: [], nodes: [] } }), []);
});

/** The page without its scripts. */
function visible(html: string): string {
  return html.replace(/<script.*?<\/script>/gs, "");
}

test.run();
