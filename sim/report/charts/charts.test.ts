import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse, View } from "vega";
import { compile } from "vega-lite";
import { policyStyles } from "../policy-style.ts";
import type { ReportData } from "../report-data.ts";
import { exampleReport } from "../testing.ts";
import { beliefsChart } from "./beliefs.ts";
import { busyChart } from "./busy.ts";
import type { Chart } from "./chart.ts";
import { backlogChart, serverRateChart } from "./course.ts";
import { decisionsChart } from "./decisions.ts";
import { delayDistributionChart, visitDistributionChart } from "./distribution.ts";
import { syncDaysChart } from "./sync-days.ts";
import { timeSpentChart } from "./time-spent.ts";
import { tradeOffChart } from "./trade-off.ts";
import { volunteerLoadChart } from "./volunteer-load.ts";

const example = exampleReport();
const CHARTS = {
  ...{ serverRateChart, backlogChart, delayDistributionChart, volunteerLoadChart },
  ...{ busyChart, syncDaysChart, tradeOffChart },
  ...{ visitDistributionChart, decisionsChart, beliefsChart, timeSpentChart },
};
const NOTHING: ReportData = {
  ...{ ...example, metrics: [], serverRate: [], delay: [], load: [] },
  ...{ backlog: [], busy: [], syncDays: [], visits: [], decisions: [], beliefs: [] },
};

/** Vega-Lite says so of every chart that is as wide as the page and as high as its rows. */
const EXPECTED_WARNING = 'Dropping "fit-y" because spec has discrete height.';

for (const [name, chart] of Object.entries(CHARTS)) {
  test(`${name} compiles without a warning and draws`, async () => {
    const made = chart(example, policyStyles(example));
    assert.ok(made);
    const { warnings, svg } = await rendered(made);
    assert.equal(warnings, []);
    assert.match(svg, "<path");
  });

  test(`${name} is left out when it has no rows`, () => {
    assert.is(chart(NOTHING, policyStyles(NOTHING)), null);
  });

  test(`${name} takes any label`, async () => {
    const label = `a.b[0] "c" 'd' \\ <e>: f`;
    const data = renamed(example, "random", label);
    const made = chart(data, policyStyles(data));
    assert.ok(made);
    assert.equal((await rendered(made)).warnings, []);
  });
}

test("a single run is drawn without bands", () => {
  const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const serverRate = example.serverRate.map((row) => ({ ...row, ...unbounded }));
  const made = serverRateChart({ ...example, serverRate }, policyStyles(example));
  assert.not.match(JSON.stringify(made?.spec), '"low":null');
});

test("a long window is thinned, and the caption says so", () => {
  const serverRate = example.serverRate.flatMap((row) =>
    [0, 60, 120, 180, 240].map((after) => ({ ...row, time: row.time + after })),
  );
  const made = serverRateChart({ ...example, serverRate }, policyStyles(example));
  assert.match(made?.caption ?? "", "mean of 3 bins"); // 21 600 rows, at most 8000
});

test("moments at which something changes are marked where time is drawn, and told", async () => {
  const moments = [60, 3600];
  for (const chart of [serverRateChart, backlogChart]) {
    const plain = chart(example, policyStyles(example));
    const marked = chart({ ...example, moments }, policyStyles(example));
    assert.ok(plain && marked);
    const { warnings, svg } = await rendered(marked);
    assert.equal(warnings, []);
    const lines = (text: string) => text.match(/stroke-dasharray="4,3"/g)?.length ?? 0;
    assert.is(lines(svg) - lines((await rendered(plain)).svg), 2);
    assert.match(marked.caption, "Dashed lines: at 1 min, 1 h something changes");
    assert.not.match(plain.caption, "Dashed lines");
  }
});

test("delay is weighed against the server's bytes when no fairness is known", () => {
  const metrics = example.metrics.filter(({ name }) => name !== "volunteers.jain");
  const made = tradeOffChart({ ...example, metrics }, policyStyles(example));
  assert.match(made?.caption ?? "", "against sent by the server");
});

async function rendered({ spec }: Chart): Promise<{ warnings: string[]; svg: string }> {
  const warnings: string[] = [];
  const logger = silent((text) => warnings.push(text));
  // Without a page there is no container, so the width is that of a phone.
  const compiled = compile({ ...spec, width: 360 } as typeof spec, { logger }).spec;
  const svg = await new View(parse(compiled), { renderer: "none", logger }).toSVG();
  return { warnings: warnings.filter((text) => text !== EXPECTED_WARNING), svg };
}

function silent(warn: (text: string) => void) {
  const nothing = () => logger;
  const told = (...texts: readonly unknown[]) => {
    warn(texts.join(" "));
    return logger;
  };
  const logger = {
    level: nothing,
    error: told,
    warn: told,
    info: nothing,
    debug: nothing,
  } as never;
  return logger;
}

function renamed(data: ReportData, from: string, to: string): ReportData {
  return JSON.parse(
    JSON.stringify(data).replaceAll(JSON.stringify(from), () => JSON.stringify(to)),
  );
}

test.run();
