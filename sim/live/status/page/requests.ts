import { formatShare, formatValue } from "../../../report/format.ts";
import { type Html, html } from "../../../report/html.ts";
import { dataTable } from "../../../report/sections/data-table.ts";
import type { StatusData } from "../status-data.ts";
import { age, duration, whole } from "./overview.ts";
import { recent, recentRate } from "./recent.ts";

/** What is asked for most in the last minutes. */
export function crowdsTable({ crowds, volunteers }: StatusData): Html | null {
  const { seconds, requests, files } = crowds;
  return dataTable({
    title: "Most asked files",
    reading: `In the last ${duration(seconds)}, of ${whole(requests)} requests for files.`,
    columns: ["File", "Requests", "Share", "Size", "Held by"],
    rows: files.map(({ path, requests: count, size, holders }) => [
      fileName(path),
      whole(count),
      formatShare(count / requests),
      formatValue(size, "bytes"),
      `${holders} of ${volunteers.length}`,
    ]),
  });
}

/** The name of the file, and below it the folder. */
function fileName(path: string): Html {
  const end = path.lastIndexOf("/") + 1;
  const folder = end === 0 ? null : html`<small title="${path}">${path.slice(0, end)}</small>`;
  return html`${path.slice(end)}${folder}`;
}

/** All that was answered, decisions and other things. */
export function answersTable({ answers, samples }: StatusData): Html | null {
  return dataTable({
    title: "Answers",
    columns: ["Answer", "Last minute", "Last hour", "Since the start"],
    rows: [...answers]
      .sort((a, b) => b.total - a.total)
      .map((each) => [
        each.name,
        formatValue(recentRate(each, samples, 60), "/s"),
        whole(recent(each, samples, 3600).count),
        whole(each.total),
      ]),
  });
}

/** What went wrong, and what the server warns of. */
export function troublesSection({ troubles, refusals, warnings, samples }: StatusData): Html {
  const table = dataTable({
    title: "Troubles",
    columns: ["What", "Last minute", "Last hour", "Since the start"],
    rows: troubles.map((each) => {
      const hour = recent(each, samples, 3600).count;
      return [
        each.name,
        whole(recent(each, samples, 60).count),
        hour === 0 ? "0" : html`<span class="worse plain">${whole(hour)}</span>`,
        whole(each.total),
      ];
    }),
  });
  const causes = refusals.map(({ cause, count }) => `${whole(count)} × ${cause}`).join(", ");
  const refused =
    causes === ""
      ? null
      : html`<p class="reading after">Announces refused since the start: ${causes}.</p>`;
  const lines = warnings.map(
    ({ age: since, text, times }) =>
      html`<li><b>${age(since)} ago</b>${times > 1 ? `, ${whole(times)} times` : ""}: ${text}</li>`,
  );
  const warned =
    lines.length === 0
      ? null
      : html`<section class="notes"><h3>Warnings</h3><ul>${lines}</ul></section>`;
  return html`<div>${table}${refused}${warned}</div>`;
}
