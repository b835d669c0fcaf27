import { test } from "uvu";
import * as assert from "uvu/assert";
import { exampleReport } from "../testing.ts";
import { metricDefinitions, metricLink } from "./metric-definitions.ts";

test("every metric of a report is defined in it, once, with all that is known of it", () => {
  const data = exampleReport();
  const { markup } = metricDefinitions(data) ?? { markup: "" };
  const names = [...markup.matchAll(/<div id="metric-([\w.]+)"><dt>/g)].map(([, name]) => name);
  assert.equal(
    names,
    data.metrics.map(({ name }) => name),
  );
  assert.match(markup, "Here measure.horizon is 12 h.");
  const [entry = ""] = /<div id="metric-visit\.p95">.*?<\/div>/s.exec(markup) ?? [];
  assert.match(entry, "<dd>95th percentile of the time of a visit<p>");
  assert.match(entry, "<p><i>formula</i> R-7 quantile 0.95, or measure.horizon ");
  assert.match(entry, "<p><i>population</i> visits that arrive in the span");
  assert.match(entry, "<p><i>span</i> arrivals from measure.from");
  assert.match(
    entry,
    "<span><i>unit</i> seconds</span><span><i>direction</i> lower is better</span>",
  );
  assert.match(entry, "<span><i>source</i> sim/metrics/collectors/visits.ts</span>");
});

test("a name tells its definition and leads to it; one that nobody defines is a text", () => {
  const { markup } = metricLink("visit.mean", "Shortest <visits>");
  assert.match(
    markup,
    /^<a class="metric" href="#metric-visit\.mean" title="summary: from a visit/,
  );
  assert.match(markup, "\nformula: mean; ");
  assert.ok(markup.endsWith(">Shortest &lt;visits&gt;</a>"));
  assert.is(metricLink("visit.<b>").markup, "visit.&lt;b&gt;");
});

test("without a horizon there is no word of it, and without metrics no section", () => {
  const horizon = Number.POSITIVE_INFINITY;
  const { metrics } = exampleReport();
  assert.not.match(metricDefinitions({ metrics, horizon })?.markup ?? "", "Here measure.horizon");
  assert.is(metricDefinitions({ metrics: [], horizon }), null);
});

test.run();
