import type { SlowestExplanation, SlowRequest } from "../../explain/explain-slowest.ts";
import { formatTime, formatValue } from "../../report/format.ts";
import { aligned } from "../aligned.ts";
import { sharers } from "./sharers.ts";
import { counted, percent } from "./words.ts";

/** The slowest requests, a line each. */
export function slowestText({ slowest, delivered, failed }: SlowestExplanation): string {
  const hasBest = slowest.some(({ best }) => best !== undefined);
  const header = [
    "REQUEST",
    "delay",
    "asked at",
    "bytes",
    "from",
    "retries",
    "mostly held back by",
  ];
  const rows = slowest.map((one) => [...rowOf(one), ...(hasBest ? [bestText(one)] : [])]);
  const aligns = ["right", "right", "left", "right", "left", "right", "left", "left"] as const;
  const shown = `The ${slowest.length} slowest of ${counted(delivered, "delivered request")}`;
  const given = failed.slice(0, 5).join(", ") + (failed.length > 5 ? ", …" : "");
  const lost = failed.length === 0 ? "" : `; ${failed.length} were never delivered: ${given}`;
  return `${shown}${lost}\n\n${aligned([[...header, ...(hasBest ? ["best instead"] : [])], ...rows], aligns)}`;
}

function rowOf({ request, delay, asked, bytes, from, retries, shares: [most] }: SlowRequest) {
  return [
    String(request),
    formatValue(delay, "s"),
    formatTime(asked),
    formatValue(bytes, "bytes"),
    from,
    String(retries),
    most === undefined
      ? "–"
      : `${percent(most.share)} ${[most.name, sharers(most)].filter(Boolean).join(", ")}`,
  ];
}

function bestText({ best }: SlowRequest): string {
  return best === undefined ? "–" : `${best.name}, ${formatValue(best.delay, "s")}`;
}
