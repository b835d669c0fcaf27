import { formatDuration, formatValue } from "../../../report/format.ts";
import { type Html, html } from "../../../report/html.ts";
import type { PolicyStyle } from "../../../report/policy-style.ts";

/** A band of a chart: how much was counted in each sample. */
export interface Band {
  readonly name: string;
  readonly colour: PolicyStyle["colour"];
  readonly counts: readonly number[];
}

/** What the chart may span, in seconds. */
const SPANS = [300, 900, 3600] as const;

/** Parts of the time axis. */
const PARTS = 4;

const HEIGHT = 1000;

/**
 * Counts per second over the last hour at most, one band upon the other, the first at the bottom. The
 * drawing is stretched to its place, so that letters and numbers stand beside it, in their own size.
 */
export function timeChart(title: string, bands: readonly Band[], samples: readonly number[]): Html {
  const passed = samples.reduce((sum, seconds) => sum + seconds, 0);
  const span = SPANS.find((seconds) => passed <= seconds) ?? passed;
  const tops = stacked(bands, samples);
  const most = tops.at(-1)?.reduce((max, rate) => Math.max(max, rate), 0) ?? 0;
  const top = roundedUp(most);
  const paths = bands.map(({ name, colour }, at) => {
    const style = `--light:${colour.light};--dark:${colour.dark}`;
    const path = outline(tops[at], samples, { start: span - passed, top });
    return html`<path style="${style}" d="${path}"><title>${name}</title></path>`;
  });
  const told = `${title}, at most ${rate(most)} in the last ${formatDuration(span)}`;
  const ages = Array.from({ length: PARTS + 1 }, (_, at) => {
    const age = (span * (PARTS - at)) / PARTS;
    return html`<span>${age === 0 ? "now" : `−${formatDuration(age)}`}</span>`;
  });
  // The lowest band is drawn last, over the others, each of which reaches down to the axis.
  return html`<div class="time-chart">
<p class="axis"><span>${rate(top)}</span><span>${rate(top / 2)}</span><span>0</span></p>
<svg role="img" aria-label="${told}" viewBox="0 0 ${span} ${HEIGHT}" preserveAspectRatio="none">${paths.reverse()}</svg>
<p class="ages">${ages}</p>
</div>`;
}

/** For each band, its upper edge: the rate of it and of all below it, in each sample. */
function stacked(bands: readonly Band[], samples: readonly number[]): number[][] {
  const sums = samples.map(() => 0);
  return bands.map(({ counts }) =>
    samples.map((seconds, at) => (sums[at] += counts[at] / seconds)),
  );
}

/** Steps from the left to the right, and back along the axis. */
function outline(
  rates: readonly number[],
  samples: readonly number[],
  { start, top }: { readonly start: number; readonly top: number },
): string {
  let time = start;
  let path = `M${Math.round(time)} ${HEIGHT}`;
  for (const [at, seconds] of samples.entries()) {
    time += seconds;
    path += `V${Math.round(HEIGHT * (1 - rates[at] / top))}H${Math.round(time)}`;
  }
  return `${path}V${HEIGHT}Z`;
}

/** 1, 2, 4 or 6 and zeros, so that the half of it is round too. */
function roundedUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 6].find((digit) => value <= digit * power) ?? 10) * power;
}

function rate(value: number): string {
  return formatValue(value, "/s");
}
