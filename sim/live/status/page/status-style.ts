/** What the status page has beside the style of all pages: denser, as it is looked at again and again. */
export const STATUS_STYLE = `
main { max-width: 84rem; padding-top: 2rem; }
h1 { font-size: clamp(1.4rem, 1rem + 1.6vw, 2rem); }
h2 { margin: 2.5rem 0 0.75rem; }
header .question { margin-top: 0.5rem; font-size: 1rem; }
#overview { margin-top: 1.25rem; }
.cards ul { grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); }
.cards .beside { margin-top: 0.125rem; font-size: 0.8125rem; }
.alarm, #lost { margin-bottom: 1.25rem; padding: 0.75rem 1rem; border-left: 4px solid var(--worse); background: var(--panel); color: var(--worse); font-weight: 600; }
th, td { padding: 0.4rem 0.875rem 0.4rem 0; }
td small { display: block; }
#volunteers thead th { white-space: normal; }
#crowds tbody th, #crowds tbody th small { max-width: none; }
#volunteers tbody th small { max-width: 13rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
td .worse.plain { margin: 0; font-size: inherit; }
.state { font-weight: 600; }
.state.better { color: var(--better); margin: 0; font-size: inherit; }
.state.worse { color: var(--worse); margin: 0; font-size: inherit; }
.state.quiet { color: var(--quiet); }
td .state + small { white-space: normal; min-width: 7rem; max-width: 11rem; }
.meter { display: block; height: 4px; margin-top: 0.25rem; background: var(--line); border-radius: 2px; overflow: hidden; }
.meter span { display: block; height: 100%; background: var(--accent); }
.sparkline { width: 6.5rem; height: 1.25rem; margin-top: 0.125rem; }
.sparkline path { fill: var(--accent); }
.time-chart { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.25rem 0.5rem; margin-bottom: 1rem; font-size: 0.75rem; color: var(--quiet); }
.time-chart svg { display: block; width: 100%; height: 11rem; border: solid var(--line); border-width: 1px 0; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat; }
.time-chart .axis { display: flex; flex-direction: column; justify-content: space-between; text-align: right; line-height: 1; }
.time-chart .ages { grid-column: 2; display: flex; justify-content: space-between; }
.time-chart path, .key { --colour: var(--light); fill: var(--colour); }
.key { display: inline-block; width: 0.75rem; height: 0.75rem; margin-right: 0.5rem; background: var(--colour); border-radius: 2px; }
@media screen and (prefers-color-scheme: dark) { .time-chart path, .key { --colour: var(--dark); } }
.reading.after { margin: 0.75rem 0 0; }
.notes h3 { margin: 1.25rem 0 0.5rem; }
.notes li { overflow-wrap: anywhere; font-size: 0.9375rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 3rem; align-items: start; }
.pair > * { min-width: 0; }
.kept dl { max-width: none; margin-top: 0.25rem; font-size: 0.875rem; }
.kept dl div { padding: 0.375rem 0; }
.kept h3 { margin-top: 0.75rem; }
@media (max-width: 40rem) {
  .cards ul { gap: 0.5rem; }
  .cards li { padding: 0.75rem; }
  .cards li:last-child:nth-child(odd) { grid-column: 1 / -1; }
  thead th + th + th { padding-left: 0; }
  .cards .number { font-size: 1.375rem; }
  #volunteers tbody th, #crowds tbody th { max-width: 9.5rem; }
  #volunteers tbody th small, #crowds tbody th small { max-width: 8rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .kept dl div { grid-template-columns: 7rem minmax(0, 1fr); }
}
`;
