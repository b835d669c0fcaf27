import { type Html, html } from "./html.ts";
import { pageShell } from "./shell/page-shell.ts";

/** A run in the list of all. */
export interface ListedRun {
  readonly experiment: string;
  readonly title: string;
  readonly question: string;
  /** The verdict, in a few sentences. */
  readonly answer: string;
  /** Name of the run's folder. */
  readonly run: string;
  /** Address of its page from here; null where it has none. */
  readonly page: string | null;
  /** Runs in all, over cells and replications. */
  readonly runs: number;
  readonly replications: number;
  readonly seed: number | string;
  readonly fingerprint: string;
  readonly version: string;
  readonly commit: string | null;
  /** The most telling number and whose it is. */
  readonly key: { readonly metric: string; readonly value: string; readonly policy: string } | null;
}

/** Letters of a commit that tell it apart. */
const COMMIT_LETTERS = 9;

/** Shows the runs whose text has every word of the box. */
const FILTER_SCRIPT = `"use strict";
(() => {
  const box = document.querySelector("input[type=search]");
  const count = document.querySelector("[data-count]");
  const entries = [...document.querySelectorAll("[data-run]")];
  if (box === null) return;
  function show() {
    const words = box.value.toLowerCase().split(/\\s+/);
    for (const entry of entries) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = group.querySelector("[data-run]:not([hidden])") === null;
    }
    const shown = entries.filter(({ hidden }) => !hidden).length;
    count.textContent = shown === entries.length ? "" : shown + " of " + entries.length + " runs";
  }
  box.addEventListener("input", show);
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  show(); // A browser may have kept what was typed.
})();
`;

/** The page that lists all runs in a folder of results, by experiment. */
export function indexPage(runs: readonly ListedRun[]): string {
  const names = [...new Set(runs.map(({ experiment }) => experiment))];
  return pageShell({
    name: "results",
    title: "All runs",
    origin: html`mirrorlab results`,
    lead:
      runs.length === 0
        ? "There is no run yet: sim run experiments/flash.yaml makes one."
        : `${counted(runs.length, "run")} of ${counted(names.length, "experiment")}, by experiment and the newest first.`,
    answer: null,
    sections: [
      runs.length === 0 ? null : searchBox,
      ...names.map((name) => group(runs.filter(({ experiment }) => experiment === name))),
    ],
    drawing: null,
    script: FILTER_SCRIPT,
  });
}

const searchBox = html`<form class="search" role="search"><label for="search">Filter</label>
<input id="search" type="search" placeholder="words, such as flash tracker" autocomplete="off">
<span role="status" data-count></span></form>`;

/** The runs of one experiment. */
function group(runs: readonly ListedRun[]): Html {
  const [first] = runs as readonly [ListedRun];
  return html`<section class="runs" data-group aria-labelledby="${`of-${first.experiment}`}">
<h2 id="${`of-${first.experiment}`}">${first.experiment}</h2>
<ul>${runs.map(entry)}</ul>
</section>`;
}

function entry(run: ListedRun): Html {
  const { title, question, answer, key } = run;
  const heading = run.page === null ? html`${title}` : html`<a href="${run.page}">${title}</a>`;
  const number =
    key === null
      ? null
      : html`<p class="key">${key.metric}: <b>${key.value}</b> under ${key.policy}, the best</p>`;
  return html`<li data-run><h3>${heading}</h3>
<p class="asked">${question}</p>
<p>${answer}</p>
${number}<p class="made">${facts(run)}</p></li>
`;
}

function facts({ run, runs, replications, seed, fingerprint, version, commit }: ListedRun): string {
  const short = commit === null ? "unknown" : shortened(commit);
  return [
    `run ${run}`,
    `${counted(runs, "run")}, ${counted(replications, "replication")}`,
    `seed ${seed}`,
    `fingerprint ${fingerprint}`,
    `mirrorlab ${version}, commit ${short}`,
  ].join(" · ");
}

/** The start of a commit, with the sign that files differ from it. */
function shortened(commit: string): string {
  return `${commit.slice(0, COMMIT_LETTERS)}${commit.endsWith("+") ? "+" : ""}`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
