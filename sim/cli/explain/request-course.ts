import type { NamedPhase, RequestExplanation } from "../../explain/explain-request.ts";
import { formatValue } from "../../report/format.ts";
import { aligned } from "../aligned.ts";
import { sparkline } from "./words.ts";

/** Phases that are each told; of more, the longest half. */
const MOST_PHASES = 14;

/** Columns of the line that draws the rate. */
const COLUMNS = 60;

/** The rate at which bytes came, from asking to the end. */
export function course({ steps, asked, ended }: RequestExplanation): string {
  const width = (ended - asked) / COLUMNS;
  if (width <= 0) return "";
  const moved = new Array<number>(COLUMNS).fill(0);
  for (const [at, { at: from, rate }] of steps.entries()) {
    const to = steps[at + 1]?.at ?? ended;
    const first = Math.floor((from - asked) / width);
    for (let column = first; column < COLUMNS && asked + column * width < to; column++) {
      const [start, end] = [asked + column * width, asked + (column + 1) * width];
      moved[column] += rate * Math.max(0, Math.min(to, end) - Math.max(from, start));
    }
  }
  const rates = moved.map((bytes) => bytes / width);
  const most = Math.max(...rates);
  if (most === 0) return "";
  const line = sparkline(rates, most);
  return `RATE  ▕${line}▏ up to ${formatValue(most, "bytes/s")}, ${formatValue(width, "s")} a column`;
}

/** The phases in order, where there are more than the table above tells. */
export function timeline({ phases, asked, shares }: RequestExplanation): string {
  if (phases.length <= Math.max(2, shares.length)) return "";
  const longest = phases
    .map((_, at) => at)
    .sort((a, b) => lengthOf(phases[b]) - lengthOf(phases[a]) || a - b);
  // Of many, the longest are told, and what lies between them as one line.
  const shown = new Set(phases.length <= MOST_PHASES ? longest : longest.slice(0, MOST_PHASES / 2));
  const rows: string[][] = [["WHEN", "for", "rate", "held back by"]];
  for (let at = 0; at < phases.length; at++) {
    let end = at;
    while (!shown.has(at) && end + 1 < phases.length && !shown.has(end + 1)) end++;
    const part = phases.slice(at, end + 1);
    const seconds = part.reduce((sum, phase) => sum + lengthOf(phase), 0);
    const bytes = part.reduce((sum, phase) => sum + phase.bytes, 0);
    const start = `+${formatValue(part[0].from - asked, "s")}`;
    rows.push([start, formatValue(seconds, "s"), rateOf({ bytes, seconds }), phaseText(part)]);
    at = end;
  }
  return aligned(rows, ["right", "right", "right", "left"]);
}

function phaseText(part: readonly NamedPhase[]): string {
  const names = [...new Set(part.map(({ heldBy }) => heldBy))];
  if (part.length === 1) return names[0];
  const more = names.length > 3 ? ", …" : "";
  return `${part.length} in turn: ${names.slice(0, 3).join(", ")}${more}`;
}

function lengthOf({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from;
}

/** The mean rate. */
export function rateOf({
  bytes,
  seconds,
}: {
  readonly bytes: number;
  readonly seconds: number;
}): string {
  return bytes === 0 ? "–" : formatValue(bytes / seconds, "bytes/s");
}
