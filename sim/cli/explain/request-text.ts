import type { RequestExplanation } from "../../explain/explain-request.ts";
import { formatTime, formatValue } from "../../report/format.ts";
import { aligned } from "../aligned.ts";
import { course, rateOf, timeline } from "./request-course.ts";
import { instead, nameOf } from "./request-instead.ts";
import { sharers } from "./sharers.ts";
import { bar, percent } from "./words.ts";

/** Rows that are worth their line; the JSON has all. */
const MOST_SHARES = 6;

/** The life of a download, for a terminal. */
export function requestText(told: RequestExplanation): string {
  return [headline(told), facts(told), heldBack(told), course(told), timeline(told), instead(told)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function headline({ request, delay, accepted, shares }: RequestExplanation): string {
  const seconds = formatValue(delay, "s");
  const outcome = accepted ? `took ${seconds}` : `was given up after ${seconds}`;
  const [most] = shares;
  if (most === undefined) return `Request ${request} ${outcome}.`;
  const beside = sharers(most);
  const what = `${percent(most.share)} of that: ${most.name}${beside === "" ? "" : `, ${beside}`}`;
  return `Request ${request} ${outcome}; ${what}.`;
}

function facts(told: RequestExplanation): string {
  const { customer, file, bytes, arrived, asked, decision, attempts } = told;
  const where = customer.site === null ? "" : ` at ${customer.site}`;
  const who = `customer ${customer.number}${where}, ${formatValue(customer.downlink, "bytes/s")}`;
  const turn =
    asked > arrived ? `; it had waited ${formatValue(asked - arrived, "s")} for its turn` : "";
  const part = bytes < file.size ? ` of ${formatValue(file.size, "bytes")}` : "";
  const rows = [
    ["asked", `at ${formatTime(asked)} by ${who}${turn}`],
    ["for", `${file.path}, ${formatValue(bytes, "bytes")}${part}`],
    ...(decision === null
      ? [["chosen", "another customer that has the file, at random"]]
      : [
          ["could give it", holders(told)],
          ["chosen", choice(told)],
        ]),
    ...attempts.map(({ name, end, from, to, sent }, at) => [
      at === 0 ? "attempts" : "",
      `${name}: ${ENDS[end]} after ${formatValue(to - from, "s")}, ${formatValue(sent, "bytes")}`,
    ]),
  ];
  return aligned(rows);
}

const ENDS = {
  delivered: "delivered",
  "wrong-digest": "wrong bytes",
  missing: "did not have it",
  gone: "gone",
  "cut-short": "cut short",
  abandoned: "the customer gave up",
} as const;

function holders({ holders: { able, unknown, wrong }, decision }: RequestExplanation): string {
  const believed = decision?.candidates.length ?? 0;
  const errors = [
    ...(unknown.length === 0 ? [] : [`${unknown.length} not offered: ${listed(unknown)}`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} wrongly believed in: ${listed(wrong)}`]),
  ];
  const text = `${able.length} volunteers in truth, ${believed} as the tracker believed`;
  return errors.length === 0 ? text : `${text} (${errors.join("; ")})`;
}

function listed(nodes: readonly number[]): string {
  const shown = nodes.slice(0, 6).join(", ");
  return nodes.length > 6 ? `${shown}, …` : shown;
}

function choice(told: RequestExplanation): string {
  const { decision } = told;
  if (decision === null) return "";
  const { node, reason, draws, order, retryAfter } = decision;
  const chance = draws > 0 ? `, with ${draws === 1 ? "a draw" : `${draws} draws`}` : "";
  const next = order.slice(1, 5).map((other) => nameOf(told, other));
  const then = next.length === 0 ? "" : `; without it ${next.join(", ")}`;
  if (retryAfter !== undefined) return `nobody yet: "${reason}", back in ${retryAfter} s`;
  return `${nameOf(told, node)}: "${reason}"${chance}${then}`;
}

function heldBack({ shares, delay }: RequestExplanation): string {
  const shown = shares.slice(0, MOST_SHARES);
  const rest = shares.slice(MOST_SHARES).reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = shown.map((share) => [
    share.name,
    formatValue(share.seconds, "s"),
    percent(share.share),
    bar(share.share),
    rateOf(share),
    sharers(share),
  ]);
  const others = [["others", formatValue(rest, "s"), percent(rest / delay), "", "", ""]];
  return aligned(
    [["HELD BACK BY", "for", "share", "", "rate", ""], ...rows, ...(rest > 0 ? others : [])],
    ["left", "right", "right", "left", "right", "left"],
  );
}
