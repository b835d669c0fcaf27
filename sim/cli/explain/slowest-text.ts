import type {
  SlowestExplanation,
  SlowestVisits,
  SlowRequest,
  SlowVisit,
} from "../../explain/explain-slowest.ts";
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
  const lost =
    failed.length === 0 ? "" : `; ${failed.length} were never delivered: ${firstOf(failed)}`;
  return `${shown}${lost}\n\n${aligned([[...header, ...(hasBest ? ["best instead"] : [])], ...rows], aligns)}`;
}

/** The slowest visits, a line each. */
export function slowestVisitsText({ slowest, complete, incomplete }: SlowestVisits): string {
  const hasBest = slowest.some(({ longest }) => longest.best !== undefined);
  const header = [
    ...["VISIT", "time", "arrived at", "files", "bytes", "longest request"],
    ...["mostly held back by", ...(hasBest ? ["best instead for that"] : [])],
  ];
  const rows = slowest.map((one) => [
    ...visitRow(one),
    ...(hasBest ? [bestText(one.longest)] : []),
  ]);
  const aligns = ["right", "right", "left", "right", "right", "left", "left", "left"] as const;
  const shown = `The ${slowest.length} slowest of ${counted(complete, "complete visit")}`;
  const lost =
    incomplete.length === 0
      ? ""
      : `; ${incomplete.length} never got every file: ${firstOf(incomplete)}`;
  return `${shown}${lost}\n\n${aligned([header, ...rows], aligns)}`;
}

function visitRow({ visit, seconds, arrived, requests, bytes, longest, shares }: SlowVisit) {
  return [
    String(visit),
    formatValue(seconds, "s"),
    formatTime(arrived),
    String(requests),
    formatValue(bytes, "bytes"),
    `${longest.request}, ${formatValue(longest.delay, "s")}`,
    mostlyText(shares),
  ];
}

function firstOf(numbers: readonly number[]): string {
  return numbers.slice(0, 5).join(", ") + (numbers.length > 5 ? ", …" : "");
}

function mostlyText([most]: SlowRequest["shares"]): string {
  return most === undefined
    ? "–"
    : `${percent(most.share)} ${[most.name, sharers(most)].filter(Boolean).join(", ")}`;
}

function rowOf({ request, delay, asked, bytes, from, retries, shares }: SlowRequest) {
  return [
    String(request),
    formatValue(delay, "s"),
    formatTime(asked),
    formatValue(bytes, "bytes"),
    from,
    String(retries),
    mostlyText(shares),
  ];
}

function bestText({ best }: SlowRequest): string {
  return best === undefined ? "–" : `${best.name}, ${formatValue(best.delay, "s")}`;
}
