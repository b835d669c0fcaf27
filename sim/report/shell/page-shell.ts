import { contentPolicy } from "../content-policy.ts";
import { type Html, html, jsonText, rawText } from "../html.ts";
import { chartLibraries } from "../libraries.ts";
import { PAGE_STYLE } from "../page-style.ts";
import { type Drawing, drawingData } from "./drawing.ts";
import { PAGE_SCRIPT } from "./script/page-script.ts";

/** What a page is made of. */
export interface PageParts {
  /** Files that readers save are named after it. */
  readonly name: string;
  /** Of the window, and the first heading. */
  readonly title: string;
  /** A line above the heading: what the page is of. */
  readonly origin: Html;
  /** What was asked, or what is shown. */
  readonly lead: string;
  /** The answer in a sentence or two, where something was asked and no section says it. */
  readonly answer: string | null;
  /** Sections that are named at the top of a long page, for readers to go there. */
  readonly contents?: readonly { readonly id: string; readonly text: string }[];
  /** In their order, each with a heading of the second rank; `figures(charts)` among them. */
  readonly sections: readonly (Html | null)[];
  /** The charts that `figures` has places for; null on a page without any. */
  readonly drawing: Drawing | null;
  /** Further plain JavaScript of the page. */
  readonly script?: string;
  /** Whether that asks the server that the page came from for news. */
  readonly refreshes?: boolean;
  /** Further style of the page. */
  readonly style?: string;
}

/**
 * One HTML page that needs nothing else: it opens from a disk, without a network. The same parts
 * always give the same bytes. The libraries that draw are in the page only where it has charts.
 */
export function pageShell(parts: PageParts): string {
  const { name, title, origin, lead, answer, sections, drawing, script, contents = [] } = parts;
  const { refreshes = false, style = "" } = parts;
  const hasCharts = drawing !== null && drawing.charts.length > 0;
  const scripts = [
    ...(drawing === null ? [] : [...(hasCharts ? chartLibraries() : []), PAGE_SCRIPT]),
    ...(script === undefined ? [] : [script]),
  ].map(rawText);
  const first = hasCharts ? { id: "charts", text: "charts" } : { id: "content", text: "content" };
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(scripts, refreshes)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · mirrorlab</title>
<link rel="icon" href="data:,">
<style>${rawText(PAGE_STYLE + style)}</style>
</head>
<body>
<a class="skip" href="#${first.id}">Skip to the ${first.text}</a>
<main id="content">
<header>
<p class="origin">${origin}</p>
<h1>${title}</h1>
<p class="question">${lead}</p>
${contents.length === 0 ? null : contentsOf(contents)}${answer === null ? null : answerBox(answer)}
</header>
${sections.map((section) => html`${section}\n`)}</main>
${drawing === null ? null : html`<script type="application/json" id="charts-data">${jsonText(drawingData(name, drawing))}</script>\n`}${scripts.map((each) => html`<script>${each}</script>\n`)}</body>
</html>
`.markup;
}

function contentsOf(contents: NonNullable<PageParts["contents"]>): Html {
  const links = contents.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`);
  return html`<nav class="contents" aria-label="Contents"><ul>${links}</ul></nav>
`;
}

function answerBox(answer: string): Html {
  return html`<section class="answer" aria-labelledby="answer"><h2 id="answer">Answer</h2><p>${answer}</p></section>`;
}
