import type { Law } from "../../engine/distributions.ts";
import type { OnOffSpec } from "../../model/on-off.ts";
import type { BackgroundTraffic, RateByDay } from "../../model/system.ts";
import { formatDuration, formatSetting, formatShare, formatTime } from "../../report/format.ts";

/** `1 volunteer`, `20 volunteers`, `1,200 sites`. */
export function counted(count: number, what: string): string {
  return `${formatSetting(count, "count")} ${what}${count === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join("");
  return `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

/** `52.2 %`, and whole percents without a decimal: what somebody chose. */
export function percent(share: number): string {
  const isWhole = Math.abs(100 * share - Math.round(100 * share)) < 1e-9;
  return isWhole ? `${Math.round(100 * share)} %` : formatShare(share);
}

/** `15 h 36 min on, 6 h 40 min off`, with the law where it is not the exponential. */
export function onOffText({ up, down, diurnal }: OnOffSpec, on: string, off: string): string {
  const laws = up.kind === down.kind && up.kind === "exponential" ? " (means, exponential)" : "";
  const lengths = `${lawText(up, laws === "")} ${on}, ${lawText(down, laws === "")} ${off}${laws}`;
  return diurnal === 0 ? lengths : `${lengths}, by day up to ${percent(diurnal)} more`;
}

/** The mean length, and which law it has where `isTold`. */
function lawText(law: Law, isTold: boolean): string {
  const mean = formatDuration(law.mean);
  if (!isTold) return mean;
  switch (law.kind) {
    case "constant":
      return `always ${mean}`;
    case "exponential":
      return `${mean} (mean, exponential)`;
    case "lognormal":
      return `${mean} (mean, log-normal of σ ${formatSetting(law.sigma, "ratio")})`;
    default:
      return `${mean} (mean, ${law.kind} of shape ${formatSetting(law.shape, "ratio")})`;
  }
}

/** What others send through a link, or null where nobody does. */
export function backgroundText({ uplink, downlink }: BackgroundTraffic): string | null {
  const parts = [
    ...(uplink === null ? [] : [`↑ ${ratesText(uplink)}`]),
    ...(downlink === null ? [] : [`↓ ${ratesText(downlink)}`]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

function ratesText(steps: RateByDay): string {
  const rate = ({ rate: bytes }: RateByDay[number]) => formatSetting(bytes, "bytes/s");
  if (steps.length === 1) return rate(steps[0]);
  return steps.map((step) => `${rate(step)} from ${formatTime(step.at)}`).join(", ");
}
