import { highlights, type StyledData, seriesOf } from "./highlights.ts";
import type { VariedCell } from "./report-data.ts";

export type Mode = "light" | "dark";

/** How one policy looks in every chart and beside its name. Colour is never the only sign. */
export interface PolicyStyle {
  readonly policy: string;
  readonly colour: Readonly<Record<Mode, string>>;
  /** Lengths of strokes and gaps of its lines, in pixels. */
  readonly dash: readonly number[];
  /** Outline of its points: an SVG path in the square from -1 to 1. */
  readonly shape: string;
  /** Whether it stands in grey behind the others until the reader chooses it. */
  readonly isFaint: boolean;
}

/**
 * Colours that people with any colour vision can tell apart; yellow, the weakest on white, is last.
 * Two are lighter on a dark page, for contrast.
 *
 * Source: Okabe, Ito, Color Universal Design, 2008.
 */
const COLOURS: readonly PolicyStyle["colour"][] = [
  { light: "#0072b2", dark: "#3ca0dc" },
  { light: "#d55e00", dark: "#f07c28" },
  { light: "#009e73", dark: "#1dbd90" },
  { light: "#cc79a7", dark: "#d98fb8" },
  { light: "#e69f00", dark: "#e69f00" },
  { light: "#56b4e9", dark: "#8fd0f5" },
  { light: "#b3a500", dark: "#f0e442" },
];

/** What all others are compared with is neutral. */
const BASELINE = { light: "#5a6169", dark: "#b4bcc5" };

const DASHES = [
  [1, 0],
  [9, 3],
  [3, 2],
  [12, 3, 3, 3],
  [6, 2],
] as const;
const SHAPES = [
  "M-.8,0A.8,.8,0,0,0,.8,0A.8,.8,0,0,0,-.8,0Z",
  "M-.7,-.7H.7V.7H-.7Z",
  "M0,-.9L.9,.7H-.9Z",
  "M0,-1L.9,0L0,1L-.9,0Z",
  "M-.3,-.9H.3V-.3H.9V.3H.3V.9H-.3V.3H-.9V-.3H-.3Z",
  "M0,.9L.9,-.7H-.9Z",
] as const;

/**
 * The styles of the policies, in their order. Those that stand out have the first colours.
 *
 * Where levels vary beside policies, the colour tells the policy and the strokes tell the levels.
 */
export function policyStyles(data: StyledData): PolicyStyle[] {
  const series = seriesStyles(data);
  const { policies, baseline, variation } = data;
  if (variation === undefined) return series;
  if (series.length === 1) return stylesOf(policies, baseline, policies);
  const variants = [...new Set(variation.cells.map(variantOf))];
  return variation.cells.map((cell) => {
    const own = series.findIndex(({ policy }) => policy === cell.policy);
    // With more policies than colours, strokes have to tell policies apart too.
    const shift = series.length > COLOURS.length ? own : 0;
    const at = variants.indexOf(variantOf(cell)) + shift;
    const { colour, isFaint } = series[own] as PolicyStyle;
    const marks = { dash: cyclic(DASHES, at), shape: cyclic(SHAPES, at) };
    return { policy: cell.label, colour, ...marks, isFaint };
  });
}

/** The styles of lines that run across all levels: one for each policy. */
export function seriesStyles(data: StyledData): PolicyStyle[] {
  return stylesOf(seriesOf(data), data.baseline, highlights(data));
}

function stylesOf(
  policies: readonly string[],
  baseline: string | null,
  foremost: readonly string[],
): PolicyStyle[] {
  const isFaint = (policy: string) => !foremost.includes(policy);
  const coloured = [...foremost, ...policies.filter(isFaint)].filter((each) => each !== baseline);
  return policies.map((policy, at) => ({
    policy,
    colour: policy === baseline ? BASELINE : cyclic(COLOURS, coloured.indexOf(policy)),
    dash: cyclic(DASHES, at),
    shape: cyclic(SHAPES, at),
    isFaint: isFaint(policy),
  }));
}

function variantOf({ levels }: VariedCell): string {
  return JSON.stringify(levels);
}

function cyclic<Value>(values: readonly Value[], at: number): Value {
  return values[at % values.length] as Value;
}
