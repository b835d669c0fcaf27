const BAR = 20;

/** A share as a bar of at most twenty blocks. */
export function bar(share: number): string {
  return "█".repeat(Math.round(share * BAR));
}

/** A share in whole percent: `61 %`. */
export function percent(share: number): string {
  const hundredths = 100 * share;
  return hundredths > 0 && hundredths < 0.5 ? "<1 %" : `${hundredths.toFixed(0)} %`;
}

const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Values as a line of blocks, the highest of them `most`; nothing is a blank. */
export function sparkline(values: readonly number[], most: number): string {
  return values
    .map((value) =>
      value <= 0 ? " " : LEVELS[Math.min(LEVELS.length - 1, Math.floor((8 * value) / most))],
    )
    .join("");
}

/** `1 download`, `3 downloads`. */
export function counted(count: number, what: string): string {
  const text = Number.isInteger(count) ? String(count) : count.toFixed(count < 10 ? 1 : 0);
  return `${text} ${what}${text === "1" ? "" : "s"}`;
}
