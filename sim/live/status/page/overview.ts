import { formatDuration, formatShare, formatValue } from "../../../report/format.ts";
import { type Html, html } from "../../../report/html.ts";
import type { StatusData } from "../status-data.ts";
import { recent, recentRate, together } from "./recent.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** What is wrong now, if anything, and the numbers that an operator looks at first. */
export function overview(data: StatusData): Html {
  const { server, at } = data;
  const time = at.slice(0, 19).replace("T", " ");
  return html`${alarms(data)}<p class="reading">${time} UTC · up for ${duration(server.uptime)} · mirrorlab ${server.version} · ${server.policies.join(", ")}</p>
<div class="cards"><ul>
${[requests(data), shares(data), volunteers(data), downloads(data), troubles(data)]}</ul></div>`;
}

/** What cannot wait until somebody reads on. */
function alarms({ journal, volunteers }: StatusData): Html | null {
  const told = [
    ...(journal.isRecording
      ? []
      : [
          `Answers are not recorded: ${journal.problem ?? "the journal cannot be written"}. ` +
            `${whole(journal.unrecorded)} are in no journal.`,
        ]),
    ...(volunteers.length > 0 && !volunteers.some(({ state }) => state === "ready")
      ? ["No volunteer is ready: the server sends everything itself."]
      : []),
  ];
  return told.length === 0
    ? null
    : html`<div class="alarm" role="alert">${told.map((each) => html`<p>${each}</p>`)}</div>
`;
}

function requests({ decisions, samples }: StatusData): Html {
  const all = together(decisions, samples);
  const most = Math.max(0, ...samples.map((seconds, at) => all.counts[at] / seconds));
  const total = decisions.reduce((sum, each) => sum + each.total, 0);
  return card("Decisions", formatValue(recentRate(all, samples, MINUTE), "/s"), [
    `${formatValue(most, "/s")} at most in the last hour`,
    `${whole(total)} since the start`,
  ]);
}

function shares({ bytes, samples }: StatusData): Html {
  const of = bytes.filter(({ name }) => name !== "later");
  const [sent = 0, all = 0] = [of.filter(({ name }) => name === "redirect"), of].map(
    (series) => recent(together(series, samples), samples, HOUR).count,
  );
  const totals = of.reduce((sum, { total }) => sum + total, 0);
  const redirected = of.find(({ name }) => name === "redirect")?.total ?? 0;
  return card("Bytes sent to volunteers", all === 0 ? "–" : formatShare(sent / all), [
    `of ${formatValue(all, "bytes")} asked for in the last hour`,
    totals === 0 ? "" : `${formatShare(redirected / totals)} since the start`,
  ]);
}

function volunteers({ volunteers: all }: StatusData): Html {
  const states = new Map<string, number>();
  for (const { state } of all) states.set(state, (states.get(state) ?? 0) + 1);
  const ready = states.get("ready") ?? 0;
  const others = [...states].filter(([state]) => state !== "ready");
  return card("Volunteers ready", `${ready} of ${all.length}`, [
    others.map(([state, count]) => `${count} ${state}`).join(", "),
  ]);
}

function downloads({ volunteers: all, server }: StatusData): Html {
  const believed = all.reduce((sum, each) => sum + each.believed.transfers, 0);
  const telling = all.filter(({ told }) => told.active !== null);
  const told = telling.reduce((sum, each) => sum + (each.told.active ?? 0), 0);
  return card("Downloads under way", whole(believed + server.sending), [
    telling.length === 0
      ? `${whole(believed)} by volunteers, by estimate`
      : `${whole(believed)} by volunteers, who told of ${whole(told)}`,
    `${whole(server.sending)} by the server itself`,
  ]);
}

function troubles({ troubles: all, samples }: StatusData): Html {
  const counted = all
    .map(({ name, ...series }) => ({ name, count: recent(series, samples, HOUR).count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const sum = counted.reduce((total, { count }) => total + count, 0);
  return card("Troubles in the last hour", whole(sum), [
    counted
      .slice(0, 3)
      .map(({ name, count }) => `${whole(count)} ${name}`)
      .join(", "),
  ]);
}

function card(title: string, value: string, beside: readonly string[]): Html {
  const lines = beside
    .filter((line) => line !== "")
    .map((line) => html`<p class="beside">${line}</p>`);
  return html`<li><h3>${title}</h3><p class="number">${value}</p>${lines}</li>
`;
}

/** A count in full, in groups of three digits. */
export function whole(count: number): string {
  return formatValue(Math.round(count), "count");
}

/** How old something is, in whole units: `4 s`, `31 min`, `5 h`, `3 d`. */
export function age(seconds: number): string {
  const unit = [DAY, HOUR, MINUTE].find((each) => seconds >= each) ?? 1;
  return formatDuration(Math.floor(seconds / unit) * unit);
}

/** A length of time, in at most two units: `0 s`, `1 min 15 s`, `5 h 48 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  const step = seconds < HOUR ? 1 : seconds < DAY ? MINUTE : HOUR;
  return formatDuration(Math.round(seconds / step) * step);
}
