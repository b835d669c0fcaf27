import { formatShare, formatValue } from "../../../report/format.ts";
import { type Html, html } from "../../../report/html.ts";
import { dataTable } from "../../../report/sections/data-table.ts";
import type { ListedVolunteer, StatusData } from "../status-data.ts";
import { age, whole } from "./overview.ts";

/** A row for each volunteer: how it stands, what is believed of it and what it tells. */
export function volunteersTable({ volunteers, samples }: StatusData): Html {
  return (
    dataTable({
      title: "Volunteers",
      reading:
        "Downloads and rates: what the server believes, and below it what the volunteer told at its " +
        "last announce. Files: those it is believed to hold, and how many of them were compared. Redirects: in the last hour.",
      columns: [
        ...["Volunteer", "State", "Announced", "Downloads", "Left to send", "Rate"],
        ...["Files", "Audits failed", "Redirects"],
      ],
      rows: volunteers.map((each) => [
        html`${each.name}<small title="${each.address}">${each.address}</small>`,
        state(each),
        each.announceAge === null ? "never" : `${age(each.announceAge)} ago`,
        both(
          whole(each.believed.transfers),
          each.told.active === null ? "not told" : `told ${whole(each.told.active)}`,
        ),
        formatValue(each.believed.backlog, "bytes"),
        rates(each),
        files(each),
        each.failedAudits === 0
          ? "0"
          : html`<span class="worse plain">${whole(each.failedAudits)}</span>`,
        html`${whole(each.course.reduce((sum, count) => sum + count, 0))}${sparkline(each.course, samples)}`,
      ]),
    }) ??
    html`<section><h2>Volunteers</h2><p>None has registered yet: the server sends everything itself.</p></section>`
  );
}

const LOOKS: Readonly<Record<ListedVolunteer["state"], string>> = {
  ready: "better",
  new: "quiet",
  left: "quiet",
  silent: "worse",
  unreachable: "worse",
  excluded: "worse",
};

function state({ state: word, excluded }: ListedVolunteer): Html {
  const why = excluded === null || excluded === word ? null : html`<small>${excluded}</small>`;
  return html`<span class="state ${LOOKS[word]}">${word}</span>${why}`;
}

function rates({ believed, told, uplink }: ListedVolunteer): Html {
  const share = Math.min(1, uplink > 0 ? told.uploadRate / uplink : 0);
  const text = `${formatValue(believed.rate, "bytes/s")} of ${formatValue(uplink, "bytes/s")}`;
  const sends = `told ${formatValue(told.uploadRate, "bytes/s")}`;
  return html`<span>${text}</span><small>${sends}</small><span class="meter" title="${formatShare(share)} of what it offers"><span style="width:${(100 * share).toFixed(0)}%"></span></span>`;
}

function files({ files: held, verified, told }: ListedVolunteer): Html {
  const share = held === 0 ? "none to compare" : `${formatShare(verified / held)} compared`;
  const rate = told.syncRate > 0 ? `, fetches ${formatValue(told.syncRate, "bytes/s")}` : "";
  const lacks = `lacks ${formatValue(told.left, "bytes")}${rate}`;
  const left = told.left > 0 ? html`<small>${lacks}</small>` : null;
  return html`${both(whole(held), share)}${left}`;
}

function both(first: string, second: string): Html {
  return html`<span>${first}</span><small>${second}</small>`;
}

/** Columns of a small drawing. */
const COLUMNS = 60;

/** How much was counted, from an hour ago to now. */
function sparkline(counts: readonly number[], samples: readonly number[]): Html | null {
  const width = Math.max(1, Math.ceil(samples.length / COLUMNS));
  const sums = Array.from({ length: COLUMNS }, (_, column) => {
    const end = counts.length - (COLUMNS - 1 - column) * width;
    const part = counts.slice(Math.max(0, end - width), Math.max(0, end));
    return part.reduce((sum, count) => sum + count, 0);
  });
  const most = Math.max(...sums);
  if (most === 0) return null;
  const steps = sums.map((sum, at) => `V${Math.round(20 * (1 - sum / most))}H${at + 1}`);
  return html`<svg class="sparkline" viewBox="0 0 ${COLUMNS} 20" preserveAspectRatio="none" aria-hidden="true"><path d="M0 20${steps.join("")}V20Z"/></svg>`;
}
