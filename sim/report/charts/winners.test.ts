import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse, View } from "vega";
import { compile } from "vega-lite";
import { reportFigures } from "../figures.ts";
import { highlights } from "../highlights.ts";
import { seriesStyles } from "../policy-style.ts";
import type { ReportData, WinnerRow } from "../report-data.ts";
import { variedReport } from "../testing.ts";
import { fitted } from "./panels.ts";
import { winnersChart } from "./winners.ts";

const at = (interval: string, crowd: string) => ({ interval, crowd });
const VISITS = { metric: "visit.mean", unit: "s", better: "lower" } as const;
const JAIN = { metric: "volunteers.jain", unit: "ratio", better: "higher" } as const;
const WORSE = { policy: "random", mean: 100 };

const WINNERS: readonly WinnerRow[] = [
  {
    ...{ ...VISITS, levels: at("1 min", "small"), best: { policy: "tracker-informed", mean: 68 } },
    ...{ tied: [], worse: [{ ...WORSE, gain: -0.32 }] },
  },
  {
    ...{ ...VISITS, levels: at("1 min", "large"), best: { policy: "random", mean: 60 } },
    ...{ tied: [{ policy: "tracker-informed", mean: 61 }] },
    worse: [{ policy: "origin-only", mean: 120, gain: -0.5 }],
  },
  {
    ...{ ...VISITS, levels: at("1 h", "small"), best: { policy: "random", mean: 60 } },
    ...{ tied: [{ policy: "tracker-informed", mean: 60 }], worse: [] },
  },
  {
    ...{ ...JAIN, levels: at("1 h", "small"), best: { policy: "random", mean: 1 } },
    ...{ tied: [{ policy: "tracker-informed", mean: 1 }], worse: [] },
  },
];
const data: ReportData = {
  ...variedReport(["1 min", "1 h"], ["small", "large", "huge"]),
  winners: WINNERS,
};

interface Drawn {
  readonly data: { readonly values: readonly Readonly<Record<string, string>>[] };
  readonly concat: readonly { readonly title: string }[];
}
const chartOf = (of: ReportData) => {
  const chart = winnersChart(of, seriesStyles(of));
  if (chart === null) throw new Error("no chart");
  return { ...chart, drawn: chart.spec as unknown as Drawn };
};

test("a square tells the best, by how much, or that others are as good", () => {
  const { drawn } = chartOf(data);
  assert.equal(
    drawn.data.values.map(({ policy, row, level, kind, text }) => [policy, row, level, kind, text]),
    [
      ["tracker-informed", "interval 1 min", "small", "sole", "−32 %"],
      ["random", "interval 1 min", "large", "shared", "="],
      ["random", "interval 1 h", "small", "alike", "="],
    ],
  );
  const [first, second, third] = drawn.data.values;
  assert.equal(
    [first?.["best"], first?.["tied"], first?.["next"]],
    ["tracker-informed (1.13 min)", "none", "random (1.67 min), against which −32.0 %"],
  );
  assert.is(second?.["tied"], "tracker-informed (1.02 min)");
  assert.is(third?.["next"], "none");
});

test("a metric by which all are alike everywhere has no plot, and without any there is no chart", () => {
  assert.equal(
    chartOf(data).drawn.concat.map(({ title }) => title),
    ["visit.mean"],
  );
  assert.is(winnersChart({ ...data, winners: WINNERS.slice(2) }, seriesStyles(data)), null);
  assert.is(winnersChart(variedReport(), seriesStyles(data)), null);
});

test("a gain over nothing is not told, one above nothing has a plus", () => {
  const [first] = WINNERS as [WinnerRow];
  const textOf = (gain: number | null) =>
    chartOf({ ...data, winners: [{ ...first, worse: [{ ...WORSE, gain }] }] }).drawn.data.values[0];
  assert.equal([textOf(null)?.["text"], textOf(0.076)?.["text"]], ["", "+8 %"]);
  assert.match(textOf(0.076)?.["next"] ?? "", "against which +7.6 %");
  assert.not.match(textOf(null)?.["next"] ?? "", "against");
});

test("it draws at any width, narrow ones with fewer plots beside each other", async () => {
  const won = WINNERS.map((row) => ({ ...row, worse: [{ ...WORSE, gain: -0.1 }] }));
  const chart = chartOf({ ...data, winners: won });
  for (const [width, columns] of [
    [760, 2],
    [250, 1], // Two plots of three squares need 2 · (3 · 38 + 26).
  ] as const) {
    const spec = fitted(chart, width) as ReturnType<typeof fitted> & { readonly columns: number };
    assert.is(spec.columns, columns);
    const warnings: string[] = [];
    const logger = {
      level: () => logger,
      error: () => logger,
      info: () => logger,
      debug: () => logger,
      warn: (...texts: unknown[]) => {
        warnings.push(texts.join(" "));
        return logger;
      },
    } as never;
    const svg = await new View(parse(compile(spec, { logger }).spec), { renderer: "none" }).toSVG();
    assert.equal(warnings, []);
    assert.match(svg, ">interval 1 min<");
    assert.match(svg, ">−10 %<");
  }
});

test("a square that a reader hides takes its text with it", async () => {
  const spec = fitted(chartOf(data), 760) as Parameters<typeof compile>[0];
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  assert.match(await view.toSVG(), ">−32 %<");
  await view.signal("shown", ["random"]).signal("faint", []).runAsync();
  const svg = await view.toSVG();
  assert.not.match(svg, ">−32 %<");
  assert.match(svg, ">=<"); // What is alike is nobody's.
});

test("it stands first among the charts across levels, and its file names policies", async () => {
  const files = await reportFigures(data);
  assert.is([...files.keys()][0], "winners.svg");
  assert.match(String(files.get("winners.svg")), ">tracker-informed<");
});

test("at most 24 rows are drawn, and the caption says what is left out", () => {
  const intervals = Array.from({ length: 26 }, (_, i) => `${i} min`);
  const crowds = Array.from({ length: 30 }, (_, i) => `c${i}`);
  const [first] = WINNERS as [WinnerRow];
  const many = intervals.map((interval) => ({ ...first, levels: at(interval, "c0") }));
  const { drawn, caption } = chartOf({ ...variedReport(intervals, crowds), winners: many });
  assert.is(drawn.data.values.length, 24);
  assert.match(caption, "The first 24 of 26 rows.");
});

test("of many policies those that win are in colour", () => {
  const policies = Array.from({ length: 12 }, (_, i) => `p${i}`);
  const cells = policies.map((policy) => ({ label: policy, policy, levels: ["1 min"] }));
  const won = (policy: string) => ({ ...(WINNERS as [WinnerRow])[0], best: { policy, mean: 1 } });
  const chosen = highlights({
    ...{ policies, baseline: null, variation: { axes: [], cells } },
    winners: [won("p7"), won("p11"), won("p11"), { ...won("p9"), worse: [] }],
  });
  assert.equal(chosen, ["p0", "p1", "p7", "p11"]);
});

test.run();
