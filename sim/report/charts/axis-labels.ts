import { formatTime, formatValue } from "../format.ts";

/** Ticks of an axis with their texts, for quantities whose units are not powers of ten. */
export interface Ticks {
  readonly values: number[];
  readonly labelExpr: string;
}

const STEPS = [
  1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
];

/** Ticks of simulated time at whole minutes, hours or days, about eight of them. */
export function timeTicks(end: number): Ticks {
  const step = STEPS.find((seconds) => end / seconds <= 8) ?? 604_800 * Math.ceil(end / 4_838_400);
  const count = Math.floor(end / step) + 1;
  return ticks(
    Array.from({ length: count }, (_, at) => at * step),
    formatTime,
  );
}

/** Delays that people have words for, a few in each power of ten. */
const DELAYS = [
  0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 36_000, 86_400, 864_000, 8_640_000,
] as const;

/** Ticks of a logarithmic axis of delays in seconds, one of them at each of `also`. */
export function delayTicks(least: number, most: number, also: readonly number[] = []): Ticks {
  const isFree = (delay: number) => also.every((other) => !isNear(delay, other));
  const within = DELAYS.filter((delay) => delay >= least / 2 && delay <= most * 2 && isFree(delay));
  return ticks([...within, ...also], (delay) =>
    delay < 1 ? formatValue(delay, "s") : formatTime(delay),
  );
}

/** Whether there is no room for the texts of both. */
function isNear(delay: number, other: number): boolean {
  return Math.abs(Math.log(delay / other)) < Math.LN2;
}

function ticks(values: readonly number[], text: (value: number) => string): Ticks {
  const texts = Object.fromEntries(values.map((value) => [value, text(value)]));
  return { values: [...values], labelExpr: `(${JSON.stringify(texts)})[datum.value]` };
}

/** Where columns of time begin, up to `end` seconds since the start. */
export function columnsSinceStart(end: number) {
  return {
    field: "from",
    type: "quantitative" as const,
    title: "time since start",
    axis: { ...timeTicks(end), grid: false },
    scale: { domain: [0, end], nice: false },
  };
}
