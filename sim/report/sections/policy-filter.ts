import type { FilterChoice, FilterGroup } from "../filter-groups.ts";
import { type Html, html } from "../html.ts";
import { swatch } from "./swatch.ts";

/** Choices that may stay in view while the reader scrolls. */
const MOST_STICKY = 8;

/** Check boxes by which a reader shows and hides cells everywhere; also the page's legend. */
export function policyFilter(groups: readonly FilterGroup[]): Html {
  const size = groups.reduce((sum, { choices }) => sum + choices.length, 0);
  const hasFaint = groups[0]?.choices.some(({ isShown }) => !isShown) ?? false;
  const isFirst = groups.every(({ choices }) => choices.every(({ isShown }) => isShown));
  return html`<form class="filter${size > MOST_STICKY ? " tall" : ""}" aria-label="Policies to show">
<div class="groups">${groups.map(fieldset)}${hasFaint ? others : null}</div>
<div class="buttons"><button type="button" data-show-all>Show all</button>${isFirst ? null : first}</div>
</form>`;
}

/** Many policies: a few in colour, the others behind them. */
const others = html`<p class="others"><label><input type="checkbox" name="others" checked><span>the others in grey</span></label>
<small>In colour at first: the baseline, your own policies, and those that the answer names.</small></p>`;

const first = html` <button type="button" data-show-first>Show as at first</button>`;

/** A group of one choice has nothing to choose, but the page's script asks for it. */
function fieldset({ name, choices }: FilterGroup, at: number): Html {
  const boxes = choices.map((choice) => box(choice, at));
  const content = html`<legend>${name}</legend><div class="choices">${boxes}</div>`;
  return at === 0 && choices.length === 1
    ? html`<fieldset hidden>${content}</fieldset>`
    : html`<fieldset>${content}</fieldset>`;
}

function box({ value, isShown, style }: FilterChoice, group: number): Html {
  const mark = style === null ? null : swatch(style);
  const input = isShown
    ? html`<input type="checkbox" name="group-${group}" value="${value}" checked>`
    : html`<input type="checkbox" name="group-${group}" value="${value}">`;
  return html`<label>${input}${mark}<span>${value}</span></label>`;
}
