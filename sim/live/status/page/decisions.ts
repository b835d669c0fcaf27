import { formatShare, formatValue } from "../../../report/format.ts";
import { type Html, html } from "../../../report/html.ts";
import { policyStyles } from "../../../report/policy-style.ts";
import type { StatusData } from "../status-data.ts";
import { whole } from "./overview.ts";
import { recent, recentRate, together } from "./recent.ts";
import { type Band, timeChart } from "./time-chart.ts";

/** Reasons that have a colour of their own. */
const MOST_BANDS = 6;

const REST = "all others";

/** The colours of policies in reports; the rest is neutral, as what all are compared with. */
const COLOURS = policyStyles({
  policies: ["1", "2", "3", "4", "5", "6", REST],
  baseline: REST,
}).map(({ colour }) => colour);

const KINDS = { redirect: "to a volunteer", serve: "by the server", later: "to come back later" };

type Decided = StatusData["decisions"][number];

/** What was decided and why, over the last hour. */
export function decisionsSection({ decisions, samples }: StatusData): Html {
  if (decisions.length === 0) {
    return html`<section><h2>Decisions</h2><p>Nobody has asked for a file yet.</p></section>`;
  }
  // By all since the start, so that colours stay with their reasons from one look to the next.
  const ranked = [...decisions].sort((a, b) => b.total - a.total);
  const coloured = ranked.slice(0, MOST_BANDS);
  const others = ranked.slice(MOST_BANDS);
  const bands: Band[] = [
    ...coloured.map(({ name, counts }, at) => ({ name, counts, colour: COLOURS[at] })),
    ...(others.length === 0
      ? []
      : [{ name: REST, colour: COLOURS[MOST_BANDS], ...together(others, samples) }]),
  ];
  const lastHour = recent(together(decisions, samples), samples, 3600).count;
  const rows = ranked.map((each, at) => {
    const colour = COLOURS[Math.min(at, MOST_BANDS)];
    return row(each, colour, samples, lastHour);
  });
  return html`<section><h2>Decisions by reason</h2>
${timeChart("Decisions by reason", bands, samples)}
<div class="scroll" tabindex="0" role="region" aria-label="Decisions by reason"><table>
<thead><tr><th scope="col">Reason</th><th scope="col">Sent</th><th scope="col">Last minute</th><th scope="col">Last hour</th><th scope="col">Share</th><th scope="col">Since the start</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
</section>`;
}

function row(
  { name, kind, total, counts }: Decided,
  colour: Band["colour"],
  samples: readonly number[],
  lastHour: number,
): Html {
  const { count } = recent({ counts }, samples, 3600);
  const style = `--light:${colour.light};--dark:${colour.dark}`;
  const share = lastHour === 0 ? "–" : formatShare(count / lastHour);
  return html`<tr><th scope="row"><span class="key" style="${style}"></span>${name}</th><td>${KINDS[kind]}</td><td>${formatValue(recentRate({ counts }, samples, 60), "/s")}</td><td>${whole(count)}</td><td>${share}</td><td>${whole(total)}</td></tr>
`;
}
