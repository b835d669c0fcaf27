import { type Html, html } from "../../../report/html.ts";
import { pageShell } from "../../../report/shell/page-shell.ts";
import type { StatusData } from "../status-data.ts";
import { decisionsSection } from "./decisions.ts";
import { keptSection } from "./kept.ts";
import { overview } from "./overview.ts";
import { answersTable, crowdsTable, troublesSection } from "./requests.ts";
import { STATUS_SCRIPT } from "./status-script.ts";
import { STATUS_STYLE } from "./status-style.ts";
import { volunteersTable } from "./volunteers.ts";

/** The parts of the page, by the place in it where they stand, in order. */
const SECTIONS = {
  overview,
  volunteers: volunteersTable,
  decisions: decisionsSection,
  crowds: crowdsTable,
  answers: (data) => html`<div class="pair">${answersTable(data)}${troublesSection(data)}</div>`,
  kept: keptSection,
} satisfies Readonly<Record<string, (data: StatusData) => Html | null>>;

type Place = keyof typeof SECTIONS;

/** The markup of each part, by its place. */
export function statusSections(data: StatusData): Record<Place, string> {
  const drawn = Object.entries(SECTIONS).map(([id, draw]) => [id, draw(data)?.markup ?? ""]);
  return Object.fromEntries(drawn) as Record<Place, string>;
}

/**
 * What an operator sees of the server: one HTML page that needs nothing but the server, and asks it for
 * news. Charts are drawn here, as a few lines of SVG: the libraries of the report's charts would be 0.8 MB
 * in the page, or some 50 ms of the server's time for each drawing.
 */
export function statusPage(data: StatusData): string {
  return pageShell({
    name: "status",
    title: data.server.name,
    origin: html`mirrorlab server`,
    lead: "What this server knows of its volunteers, what it decides, and what it keeps.",
    answer: null,
    sections: [
      html`<p id="lost" role="alert" hidden></p>`,
      ...Object.entries(SECTIONS).map(([id, draw]) => html`<div id="${id}">${draw(data)}</div>`),
    ],
    drawing: null,
    script: STATUS_SCRIPT,
    refreshes: true,
    style: STATUS_STYLE,
  });
}
