import type { Palette } from "./theme.ts";
import { COLOURS } from "./theme.ts";

/** The style sheet of the page. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; ${properties(COLOURS.light)} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${properties(COLOURS.dark)} }
}
@media print { :root { color-scheme: light; } }

*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 5rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
main { max-width: 70rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
h1, h2, h3, p, ul, dl, figure, fieldset { margin: 0; padding: 0; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.2vw, 2.6rem); line-height: 1.15; letter-spacing: -0.015em; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 3.5rem 0 1rem; }
h3 { font-size: 1rem; line-height: 1.4; }
small { font-size: 0.8125rem; font-weight: 400; color: var(--quiet); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
[hidden] { display: none !important; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 3; padding: 0.5rem 1rem; background: var(--page); color: var(--accent); }
.skip:focus { top: 0.5rem; }
.bounds, .beside, .origin, figcaption p, .reading { color: var(--quiet); }

.origin { font-size: 0.875rem; margin-bottom: 0.5rem; }
.question { max-width: 46rem; margin-top: 1rem; font-size: 1.125rem; color: var(--quiet); }
.answer { margin-top: 2.5rem; padding-left: 1.25rem; border-left: 4px solid var(--accent); }
.answer h2 { margin: 0 0 0.25rem; font-size: 0.875rem; color: var(--accent); }
.answer p { max-width: 52rem; font-size: clamp(1.125rem, 1rem + 0.6vw, 1.3125rem); line-height: 1.5; }
.answer .scroll { margin-top: 1rem; }
.answer .names { white-space: normal; }
.answer .names > :not(details) { display: inline; }
.answer .rivals { min-width: 13rem; }
.part { white-space: nowrap; }
.answer p.reading { margin-top: 0.75rem; font-size: 0.8125rem; line-height: 1.5; }
.contents { margin-top: 1.25rem; font-size: 0.875rem; }
.contents ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; }

.setup h2 { margin-top: 2.5rem; }
.setup h3 { margin: 1.75rem 0 0.5rem; }
.setup .summary { max-width: 54rem; }
.setup details { margin-top: 1.25rem; }
.setup summary { font-weight: 600; font-size: 0.9375rem; }
.setup .scroll table { line-height: 1.45; }
.setup th, .setup td { padding: 0.375rem 0.75rem 0.375rem 0; }
.setup td.long { white-space: normal; min-width: 9rem; max-width: 30rem; }
.tables { display: flex; flex-wrap: wrap; gap: 0 3rem; }
.tables > div { flex: 1 1 24rem; min-width: 0; }
.tables > div:first-child, .tables > .terms { flex-basis: 100%; }
.setup dl { max-width: none; margin-top: 0; font-size: 0.875rem; line-height: 1.45; }
.setup dl div { padding: 0.375rem 0; break-inside: avoid; grid-template-columns: minmax(6rem, 9rem) minmax(0, 1fr); }
@media (min-width: 62rem) { .setup dl { columns: 2; column-gap: 3rem; } }
.topology { margin: 1.5rem 0 0; }
.topology svg { display: block; width: 100%; height: auto; }
.topology svg.narrow { max-width: 30rem; }
@media (min-width: 62rem) { .topology svg.narrow { display: none; } }
@media (max-width: 61.99rem) { .topology svg.wide { display: none; } }
.topology text { font-size: 12.5px; fill: var(--ink); }
.topology .name { font-weight: 600; font-size: 13.5px; }
.topology .trait { fill: var(--quiet); }
.topology .box { fill: var(--panel); stroke: var(--line); }
.topology .server { stroke: var(--accent); stroke-width: 2; }
.topology .net { fill: none; stroke: var(--quiet); }
.topology .site { fill: var(--page); stroke: var(--quiet); stroke-dasharray: 4 3; }
.topology path.up { fill: var(--accent); }
.topology path.down { fill: var(--down); }
.topology .reading { margin-top: 0.75rem; }
.reading .up { color: var(--accent); font-weight: 600; }
.reading .down { color: var(--down); font-weight: 600; }

.cards ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 1rem; list-style: none; }
.cards li { padding: 1rem 1.125rem; background: var(--panel); border-radius: 6px; font-size: 0.875rem; line-height: 1.45; }
.cards h3 { font-size: 0.875rem; font-weight: 500; color: var(--quiet); }
.cards .number { font-size: 1.75rem; font-weight: 600; line-height: 1.3; letter-spacing: -0.01em; }
.cards .beside { margin-top: 0.375rem; }

.filter {
  position: sticky; top: 0; z-index: 2; display: flex; align-items: start; gap: 1rem;
  margin-top: 3rem; padding: 0.5rem 0; background: var(--page); border-bottom: 1px solid var(--line);
}
.filter.tall { position: static; }
.tall fieldset { align-items: baseline; }
.tall .choices { max-height: 15rem; overflow-y: auto; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.375rem; justify-content: end; }
.others { margin: 0; }
.groups { flex: 1; min-width: 0; display: grid; gap: 0.25rem; }
fieldset { border: 0; min-width: 0; }
fieldset, .choices { display: flex; align-items: center; gap: 0.25rem 1rem; }
legend { float: left; font-size: 0.875rem; color: var(--quiet); }
.choices { flex-wrap: wrap; }
.filter label { display: inline-flex; align-items: center; gap: 0.4rem; min-height: 2rem; white-space: nowrap; cursor: pointer; font-size: 0.9375rem; }
.filter input { width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }
button {
  font: inherit; font-size: 0.8125rem; color: var(--accent); background: none; cursor: pointer;
  border: 1px solid var(--line); border-radius: 4px; padding: 0.2rem 0.5rem; white-space: nowrap;
}
button:hover { border-color: var(--accent); }
.swatch { width: 38px; height: 12px; flex: none; --colour: var(--light); }
.swatch line { stroke: var(--colour); stroke-width: 2.5; }
.swatch path { fill: var(--colour); }
@media screen and (prefers-color-scheme: dark) { .swatch { --colour: var(--dark); } }

figure { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; padding: 1.5rem 0 2rem; }
figure + figure { border-top: 1px solid var(--line); }
@media (min-width: 62rem) { figure { grid-template-columns: minmax(0, 1fr) 15.5rem; gap: 2rem; } }
figure.wide { grid-template-columns: minmax(0, 1fr); }
figcaption p { margin-top: 0.375rem; font-size: 0.875rem; line-height: 1.5; max-width: 44rem; }
.exports { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin-bottom: 1rem; font-size: 0.8125rem; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.legend .at { color: var(--quiet); }
.legend .grey { width: 38px; border-top: 2px solid var(--faint); }
.choice { margin-bottom: 0.75rem; font-size: 0.875rem; color: var(--quiet); }
select, input[type="search"] {
  font: inherit; font-size: 0.875rem; color: var(--ink); background: var(--page); max-width: 100%;
  border: 1px solid var(--quiet); border-radius: 4px; padding: 0.25rem 0.5rem;
}
.alternatives { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin-top: 0.75rem; font-size: 0.8125rem; }
.alternatives details[open] { flex-basis: 100%; min-width: 0; }
summary { color: var(--accent); cursor: pointer; }
.alternatives .scroll, pre { max-height: 20rem; overflow: auto; margin: 0.5rem 0 0; }
.alternatives table { width: auto; font-size: 0.8125rem; }
.alternatives th, .alternatives td { padding: 0.125rem 1rem 0.125rem 0; position: static; }
pre { padding: 0.75rem; background: var(--panel); font-size: 0.75rem; line-height: 1.4; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
a { color: var(--accent); }
.chart { min-height: 8rem; }
.chart .mark-rect path { shape-rendering: crispEdges; }
.chart.vega-embed { display: block; padding: 0; width: 100%; }
.chart svg { display: block; max-width: 100%; height: auto; }
body #vg-tooltip-element { font: 0.8125rem/1.4 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; color: var(--ink); background: var(--page); border: 1px solid var(--quiet); }
body #vg-tooltip-element table tr { border: 0; }
body #vg-tooltip-element table tr td.key { color: var(--quiet); max-width: 18rem; }

.scroll {
  overflow-x: auto; border-bottom: 1px solid var(--line);
  /* A shade at the edge beyond which there is more: what is at the end of the table covers it. */
  background: linear-gradient(to left, var(--page) 50%, transparent) right / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--faint), transparent) right / 0.75rem 100% no-repeat scroll;
}
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 0.875rem; line-height: 1.4; }
.reading { max-width: 52rem; margin-bottom: 1rem; font-size: 0.875rem; }
.reading span { white-space: nowrap; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 0.625rem 1rem 0.625rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; vertical-align: bottom; white-space: nowrap; }
thead th[data-policy] { white-space: normal; max-width: 10rem; }
thead .swatch { display: block; }
th small { display: block; }
tbody th { font-weight: 600; }
tbody th small { max-width: 12rem; min-width: 8rem; }
th:first-child { position: sticky; left: 0; z-index: 1; background: var(--page); }
td { white-space: nowrap; }
td > * { display: block; }
td b { font-weight: 600; font-size: 0.9375rem; }
td .bounds { font-size: 0.8125rem; }
td .better, td .worse, td .different, td .unclear, td .equal { margin-top: 0.375rem; font-size: 0.8125rem; color: var(--quiet); }
td .better { color: var(--better); font-weight: 600; }
td .worse { color: var(--worse); font-weight: 600; }

.search { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-top: 2rem; font-size: 0.875rem; color: var(--quiet); }
::placeholder { color: var(--quiet); opacity: 1; }
.search input { flex: 0 1 24rem; min-width: 0; padding: 0.4rem 0.75rem; }
.runs ul { list-style: none; display: grid; gap: 1rem; }
.runs h2 { margin-top: 2.5rem; }
.runs li { padding: 1rem 1.25rem; background: var(--panel); border-radius: 6px; font-size: 0.9375rem; line-height: 1.5; }
.runs li > * + * { margin-top: 0.5rem; }
.runs li p { max-width: 58rem; }
.asked, .made { color: var(--quiet); }
.made { font-size: 0.8125rem; overflow-wrap: anywhere; }
a.metric { color: inherit; text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
a.metric:hover { color: var(--accent); }
.definitions dd p { font-size: 0.8125rem; line-height: 1.5; color: var(--quiet); }
.definitions i { color: var(--ink); }
.definitions span + span::before { content: " · "; }
.definitions :target { background: var(--panel); }
.notes ul { padding-left: 1.25rem; max-width: 52rem; }
dl { margin-top: 1rem; max-width: 52rem; }
dl div { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: 1rem; padding: 0.5rem 0; border-top: 1px solid var(--line); }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }

@media (max-width: 40rem) {
  main { padding: 1.75rem 1rem 3rem; }
  h2 { margin-top: 2.5rem; }
  .filter { position: static; display: grid; gap: 0.5rem; }
  .buttons { justify-content: start; }
  fieldset { display: block; }
  legend { float: none; }
  tbody th { font-size: 0.8125rem; overflow-wrap: anywhere; }
  tbody th small { min-width: 0; max-width: none; }
  .definitions dl div { grid-template-columns: minmax(0, 1fr); gap: 0.125rem; }
  th:first-child { width: 8.5rem; min-width: 8.5rem; max-width: 8.5rem; padding-right: 0.75rem; border-right: 1px solid var(--line); }
  th + td, thead th + th { padding-left: 0.75rem; }
}

@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .skip, .exports, .source, .filter, .alternatives, .contents { display: none; }
  select { appearance: none; border: 0; padding: 0; }
  .scroll { overflow: visible; }
  th:first-child { position: static; }
  th, td { padding: 0.25rem 0.375rem 0.25rem 0; }
  tbody th small { min-width: 0; max-width: 7rem; }
  table, th small, td b, td .bounds, td .better, td .worse, td .different, td .unclear, td .equal { font-size: 7pt; }
  details::details-content { content-visibility: visible; height: auto; }
  figure, .cards li, tr, .topology { break-inside: avoid; }
  figure { grid-template-columns: minmax(0, 1fr); }
  h2, h3 { break-after: avoid; }
}
`;

function properties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(" ");
}
