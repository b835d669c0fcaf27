import { formatTime, formatValue } from "../../report/format.ts";
import type { Alternative } from "../../runner/explain/alternatives.ts";
import type { Believed } from "../../runner/explain/decision.ts";
import type { RequestExplanation } from "../../runner/explain/explain-request.ts";
import { sharers } from "./sharers.ts";
import { bar, percent, table } from "./table.ts";

/** Rows that fit a screen; the JSON has all. */
const MOST_PHASES = 14;
const MOST_NODES = 12;
const MOST_SHARES = 6;

/** The life of a download, for a terminal. */
export function requestText(told: RequestExplanation): string {
  return [headline(told), facts(told), heldBack(told), timeline(told), instead(told)]
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
  const turn = asked > arrived ? `, after ${formatValue(asked - arrived, "s")} for its turn` : "";
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
  return table(rows);
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
  const then = next.length === 0 ? "" : `; without it ${next.join(", then ")}`;
  if (retryAfter !== undefined) return `nobody yet: "${reason}", back in ${retryAfter} s`;
  return `${nameOf(told, node)}: "${reason}"${chance}${then}`;
}

function nameOf({ truths }: RequestExplanation, node: number): string {
  return truths.find((truth) => truth.node === node)?.name ?? `volunteer ${node}`;
}

function heldBack({ shares, delay }: RequestExplanation): string {
  const shown = shares.slice(0, MOST_SHARES);
  const rest = shares.slice(MOST_SHARES).reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = shown.map((share) => [
    share.name,
    formatValue(share.seconds, "s"),
    percent(share.share),
    bar(share.share),
    sharers(share),
  ]);
  const others = [["others", formatValue(rest, "s"), percent(rest / delay), "", ""]];
  return table(
    [["HELD BACK BY", "for", "share", "", ""], ...rows, ...(rest > 0 ? others : [])],
    ["left", "right", "right", "left", "left"],
  );
}

function timeline({ phases, asked }: RequestExplanation): string {
  if (phases.length < 2) return "";
  // The longest phases are told, in order; what lies between is told as one line.
  const longest = phases
    .map((_, at) => at)
    .sort((a, b) => lengthOf(phases[b]) - lengthOf(phases[a]) || a - b);
  const shown = new Set(phases.length <= MOST_PHASES ? longest : longest.slice(0, MOST_PHASES / 2));
  const rows: string[][] = [["WHEN", "for", "rate", "held back by"]];
  for (let at = 0; at < phases.length; at++) {
    const { from, to, rate, heldBy, bytes } = phases[at];
    const start = `+${formatValue(from - asked, "s")}`;
    if (shown.has(at)) {
      const speed = bytes === 0 ? "–" : formatValue(rate, "bytes/s");
      rows.push([start, formatValue(to - from, "s"), speed, heldBy]);
      continue;
    }
    let end = at;
    while (end + 1 < phases.length && !shown.has(end + 1)) end++;
    const seconds = formatValue(phases[end].to - from, "s");
    const names = [...new Set(phases.slice(at, end + 1).map((phase) => phase.heldBy))];
    const what = `${end - at + 1} short ones: ${names.slice(0, 3).join(", ")}`;
    rows.push([start, seconds, "…", names.length > 3 ? `${what}, …` : what]);
    at = end;
  }
  return table(rows, ["right", "right", "right", "left"]);
}

function lengthOf({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from;
}

function instead(told: RequestExplanation): string {
  const { decision, outcomes } = told;
  if (decision === null) return "";
  const chosen = outcomes.findIndex(({ node }) => node === decision.node);
  const shown = outcomes.slice(0, MOST_NODES);
  if (chosen >= MOST_NODES) shown.splice(MOST_NODES - 1, 1, outcomes[chosen]);
  const header = [
    ...["SENT TO", "takes", "", "place", "reported", "downloads", "to send", "uplink", "syncing"],
    "held back by",
  ];
  const rows = shown.map((outcome) => outcomeRow(told, outcome));
  const aligns = header.map((_, at) => (at === 0 || at === 2 || at > 8 ? "left" : "right"));
  const left = outcomes.length - shown.length;
  const more = left > 0 ? `${left} more took longer or are as long; ` : "";
  const legend = `${more}believed → true at the decision; place: the policy's order`;
  return `${table([header, ...rows], aligns)}\n${legend}\n${regret(told)}`;
}

function outcomeRow(told: RequestExplanation, outcome: Alternative): string[] {
  const { decision, truths, delay } = told;
  const { node, accepted, retries, mostly } = outcome;
  const truth = truths.find((one) => one.node === node);
  const belief = decision?.candidates.find((candidate) => candidate.node === node);
  const seconds = formatValue(outcome.delay, "s");
  const saved = outcome.delay - delay;
  const mark =
    node === decision?.node
      ? "← chosen"
      : `${saved > 0 ? "+" : "−"}${percent(Math.abs(saved) / delay)}`;
  const place = (decision?.order.indexOf(node) ?? -1) + 1;
  const back = retries === 0 ? "" : ` (${retries === 1 ? "1 retry" : `${retries} retries`})`;
  const group = truth === undefined || truth.class === "" ? "" : ` (${truth.class})`;
  return [
    `${nameOf(told, node)}${group}`,
    accepted ? seconds : `given up, ${seconds}`,
    mark,
    place === 0 ? "–" : String(place),
    belief === undefined ? "–" : `${formatValue((decision?.at ?? 0) - belief.reportedAt, "s")} ago`,
    arrow(belief?.transfers ?? decision?.serverSending, truth?.downloads, String),
    arrow(
      belief === undefined ? undefined : belief.pending + belief.redirected,
      truth?.toSend,
      (bytes) => formatValue(bytes, "bytes"),
    ),
    arrow(
      belief === undefined ? undefined : belief.uploadRate / belief.uplink,
      truth === undefined ? undefined : truth.sending / truth.uplink,
      percent,
    ),
    syncing(belief, truth?.fetchRate),
    `${mostly?.name ?? "–"}${back}`,
  ];
}

function syncing(belief: Believed | undefined, rate: number | undefined): string {
  const text = (value: number) => (value === 0 ? "no" : formatValue(value, "bytes/s"));
  return belief === undefined ? "–" : arrow(belief.syncRate, rate, text);
}

function arrow(
  believed: number | undefined,
  truth: number | undefined,
  text: (value: number) => string,
): string {
  const [a, b] = [believed, truth].map((value) => (value === undefined ? "–" : text(value)));
  return a === "–" && b === "–" ? "–" : `${a} → ${b}`;
}

function regret({ outcomes, regret: seconds, delay, decision }: RequestExplanation): string {
  if (outcomes.length < 2) return "";
  const [best] = outcomes;
  if (best.node === decision?.node) return "The choice was the best of these.";
  const most = `${formatValue(seconds, "s")}, ${percent(seconds / delay)} of the delay`;
  return best.accepted ? `The best of these would have saved ${most}.` : "";
}
