import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { METRIC_FAMILIES, METRICS, type Metric } from "../metrics/metric.ts";
import { sourceLines } from "./metrics/source-lines.ts";
import { root, sim } from "./testing.ts";

test("metrics: all are listed by family, each with unit, direction and a line of what it is", () => {
  const { code, stdout } = sim("metrics");
  assert.is(code, 0);
  const lines = stdout.split("\n");
  for (const [family, metrics] of Object.entries<readonly Metric[]>(METRIC_FAMILIES)) {
    const start = lines.indexOf(family);
    assert.ok(start >= 0, family);
    for (const [at, { name, unit, better, summary }] of metrics.entries()) {
      const words = lines[start + 1 + at].trim().split(/ {2,}/);
      assert.equal(words, [name, unit, better, summary]);
    }
  }
});

test("metrics NAME: formula, population, span, unit, direction, horizon and where it is worked out", () => {
  const { code, stdout } = sim("metrics", "visit.p95");
  assert.is(code, 0);
  assert.match(stdout, /^visit\.p95 \(visits\)\nsummary: 95th percentile of the time of a visit\n/);
  assert.match(
    stdout,
    /^formula: R-7 quantile 0\.95, or .*; time of a visit = end of its last file/m,
  );
  assert.match(stdout, /^population: visits that arrive in the span/m);
  assert.match(stdout, /^span: arrivals from measure\.from/m);
  assert.match(stdout, /^unit: seconds$/m);
  assert.match(stdout, /^direction: lower is better$/m);
  assert.match(stdout, /^horizon: .* stands there: a value that reaches it is a lower bound/m);
  const [, line, built] =
    /^source: sim\/metrics\/collectors\/visits\.ts:(\d+), dist\/metrics\/collectors\/visits\.js:(\d+)$/m.exec(
      stdout,
    ) ?? [];
  for (const [path, at] of [
    ["sim/metrics/collectors/visits.ts", line],
    ["dist/metrics/collectors/visits.js", built],
  ]) {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    assert.match(lines[Number(at) - 1], '"visit.p95": this.#times.quantile(0.95)');
  }
});

test("metrics NAME: what the horizon does to a mean, and to what it does not cut", () => {
  assert.match(sim("metrics", "visit.mean").stdout, /^horizon: .* a mean restricted to it$/m);
  assert.match(
    sim("metrics", "sync.hours").stdout,
    /^horizon: measure\.horizon cuts no value off$/m,
  );
});

test("metrics NAME: a star and the first part of names stand for several", () => {
  const named = (name: string) =>
    JSON.parse(sim("metrics", name, "--json").stdout).map((each: Metric) => each.name);
  assert.equal(named("visit.*"), named("visit"));
  assert.equal(named("visit")[0], "visit.total");
  assert.equal(named("*.p99"), ["visit.p99", "delay.p99", "delay.arrival.p99"]);
  assert.equal(named("delay.arrival"), [
    ...["delay.arrival.mean", "delay.arrival.p50", "delay.arrival.p95", "delay.arrival.p99"],
  ]);
});

test("metrics NAME: an unknown one is exit 2, with the nearest known", () => {
  for (const [name, said] of [
    ["visti.p95", "unknown metric: visti.p95; did you mean 'visit.p95'?"],
    ["xyzxyzxyzxyz", "unknown metric: xyzxyzxyzxyz; see sim metrics"],
    ["visit?", "unknown metric: visit?; see sim metrics"],
  ]) {
    const { code, stdout, stderr } = sim("metrics", name);
    assert.is(code, 2);
    assert.is(stdout, "");
    assert.ok(stderr.startsWith(`sim: ${said}`), stderr);
  }
});

test("every metric is given its value in the source that its definition names", () => {
  for (const metric of METRICS) {
    assert.ok(existsSync(join(root, "sim", metric.source)), metric.name);
    assert.match(sourceLines(metric)[0] ?? "", /\.ts:\d+$/, metric.name);
  }
});

test("an installed package has only what was built, and says so", () => {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-package-"));
  try {
    mkdirSync(join(folder, "dist/metrics/collectors"), { recursive: true });
    writeFileSync(
      join(folder, "dist/metrics/collectors/x.js"),
      'type A = | "a.b";\n\nreturn { "a.b": 1 };\n',
    );
    const found = (name: string) =>
      sourceLines({ name, source: "metrics/collectors/x.ts" }, `${folder}/`);
    assert.equal(found("a.b"), ["dist/metrics/collectors/x.js:3"]);
    assert.equal(found("a.c"), ["dist/metrics/collectors/x.js"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
