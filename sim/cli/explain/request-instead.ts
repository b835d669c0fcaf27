import type { Alternative } from "../../explain/alternatives.ts";
import type { Believed } from "../../explain/decision.ts";
import type { RequestExplanation } from "../../explain/explain-request.ts";
import { formatValue } from "../../report/format.ts";
import { aligned } from "../aligned.ts";
import { percent } from "./words.ts";

/** Nodes that are told. */
const MOST_NODES = 12;

/** What was believed of each node and what was true, and what would have become of the request there. */
export function instead(told: RequestExplanation): string {
  const { decision, outcomes } = told;
  if (decision === null) return "";
  const chosen = outcomes.findIndex(({ node }) => node === decision.node);
  const shown = outcomes.slice(0, MOST_NODES);
  if (chosen >= MOST_NODES) shown.splice(MOST_NODES - 1, 1, outcomes[chosen]);
  const header = [
    ...["SENT TO", "takes", "", "place", "report", "downloads", "to send", "uplink", "syncing"],
    "held back by",
  ];
  const rows = shown.map((outcome) => outcomeRow(told, outcome));
  const aligns = header.map((_, at) => (at === 0 || at === 2 || at > 8 ? "left" : "right"));
  const left = outcomes.length - shown.length;
  const more = left > 0 ? `${left} more, slower; ` : "";
  const legend = `${more}believed → true at the decision; place: the policy's order of preference`;
  return [aligned([header, ...rows], aligns), legend, ...regret(told)].join("\n");
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
  const place = node === null ? 1 : (decision?.order.indexOf(node) ?? -1) + 1;
  const back = retries === 0 ? "" : ` (${retries === 1 ? "1 retry" : `${retries} retries`})`;
  const group = truth === undefined || truth.class === "" ? "" : ` (${truth.class})`;
  return [
    `${nameOf(told, node)}${group}`,
    accepted ? seconds : `given up, ${seconds}`,
    mark,
    place === 0 ? "–" : String(place),
    belief === undefined ? "–" : formatValue((decision?.at ?? 0) - belief.reportedAt, "s"),
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
    `${mostly?.name.replace(`${nameOf(told, node)}'s`, "its") ?? "–"}${back}`,
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

function regret({ outcomes, regret: seconds, delay, decision }: RequestExplanation): string[] {
  if (outcomes.length < 2) return [];
  const [best] = outcomes;
  if (best.node === decision?.node) return ["The choice was the best of these."];
  const most = `${formatValue(seconds, "s")}, ${percent(seconds / delay)} of the delay`;
  return best.accepted ? [`The best of these would have saved ${most}.`] : [];
}

export function nameOf({ truths }: RequestExplanation, node: number | null): string {
  return truths.find((truth) => truth.node === node)?.name ?? "back later";
}
