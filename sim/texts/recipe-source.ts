import { basename, join } from "node:path";
import { tracePageData } from "../cli/trace-profile/page-data.ts";
import { profileJson } from "../cli/trace-profile/profiled.ts";
import { readProfiled } from "../cli/trace-profile/read-profiled.ts";
import { fileDigest } from "../experiment/file-digest.ts";
import { synthesize } from "../experiment/recipe/synthesize.ts";
import type { Interval } from "../outcome/statistics/interval.ts";
import { traceFigures } from "../report/trace-page.ts";
import type { Measure, Source } from "./source.ts";

/** What `sim trace profile --json` tells that a text can name, with its unit. */
const UNITS: Readonly<Record<string, string>> = {
  days: "count",
  files: "count",
  bytes: "bytes",
  distributions: "count",
  shareUnder1MB: "ratio",
  largeDuplicateShare: "ratio",
  requests: "count",
  uploadBytes: "bytes",
  isoUploadShare: "ratio",
  updateRequestShare: "ratio",
  releases: "count",
  nodes: "count",
  syncs: "count",
  "rhythm.weekend": "ratio",
  "customers.busiestHundredth": "ratio",
  "customers.repeated": "count",
  "packagePopularity.law.pieces.0.exponent": "count",
  "packagePopularity.law.pieces.1.from": "count",
  "packagePopularity.law.pieces.1.exponent": "count",
  "packagePopularity.law.pieces.2.from": "count",
  "packagePopularity.law.pieces.2.exponent": "count",
  "reuse.first": "count",
  "reuse.distance.quantiles.p50": "count",
  "reuse.caches.0.hits": "ratio",
  "reuse.caches.2.hits": "ratio",
  "reuse.caches.4.hits": "ratio",
  "reuse.caches.0.shuffled": "ratio",
  "reuse.caches.2.shuffled": "ratio",
  "reuse.caches.4.shuffled": "ratio",
  "hoursPerDay.mean": "hours",
  "hoursPerDay.max": "hours",
  "hoursPerDay.min": "hours",
};

const MEASURES: ReadonlyMap<string, Measure> = new Map(
  Object.entries(UNITS).map(([name, unit]) => [name, { unit, better: "none" as const }]),
);

const NAMES = [...MEASURES.keys()];

/** Digits of a digest, as many as a fingerprint has. */
const DIGITS = 16;

/**
 * The profile of the trace that a recipe makes, at its full size; the trace is left in `out`. Its
 * fingerprint is the beginning of the trace's SHA-256.
 *
 * @throws InputError when the recipe is wrong.
 */
export async function recipeSource(recipe: string, out: string): Promise<Source> {
  const folder = join(out, "texts", basename(recipe, ".yaml"));
  const { trace } = synthesize(recipe, { out: folder, overrides: { scale: 1 } });
  const profiled = await readProfiled([trace], { maxBad: 0 });
  const told = JSON.parse(profileJson(profiled)) as unknown;
  const values = Object.fromEntries(NAMES.map((name) => [name, exactly(numberAt(told, name))]));
  const figures = await traceFigures(tracePageData(profiled));
  return {
    ...unrunRecipe(recipe),
    fingerprint: fileDigest(trace).slice(0, DIGITS),
    cells: [{ at: {}, values }],
    figures: new Map([...figures].map(([file, svg]) => [basename(file, ".svg"), svg])),
  };
}

/** A recipe of which nothing was made. */
export function unrunRecipe(name: string): Source {
  const values = Object.fromEntries(NAMES.map((each) => [each, exactly(1)]));
  const cells = [{ at: {}, values }];
  return { name, fingerprint: "", dimensions: new Map(), measures: MEASURES, cells, figures: null };
}

function numberAt(told: unknown, name: string): number | null {
  let part = told;
  for (const key of name.split(".")) {
    if (typeof part !== "object" || part === null) return null;
    part = (part as Readonly<Record<string, unknown>>)[key];
  }
  return typeof part === "number" ? part : null;
}

function exactly(value: number | null): Interval | null {
  return value === null ? null : { mean: value, low: value, high: value };
}
