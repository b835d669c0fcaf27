/** What is shown: by the check boxes of the filter, in charts, tables and lists of the page. */
export const FILTER_SCRIPT = `
  const filter = document.querySelector("form.filter");
  const boxesOf = (group) => [...filter.querySelectorAll("input[name=group-" + group + "]")];
  const chosen = (group) => new Set(boxesOf(group).filter(({ checked }) => checked).map(({ value }) => value));

  /** What is shown in colour, and what stands behind it in grey: of all levels, and of single cells. */
  function shownNow() {
    if (filter === null) return { series: { shown: [], faint: [] }, cells: { shown: [], faint: [] } };
    const groups = [...filter.querySelectorAll("fieldset")].map((_, group) => chosen(group));
    const withOthers = filter.querySelector("input[name=others]")?.checked === true;
    const isAtLevel = ({ choices }) => choices.every((choice, at) => at === 0 || groups[at].has(choice));
    const isChosen = ({ choices }) => groups[0].has(choices[0]);
    const atLevel = cells.filter(isAtLevel);
    const labels = (some) => some.map(({ label }) => label);
    const others = (all) => (withOthers ? all : []);
    const names = boxesOf(0).map(({ value }) => value);
    return {
      series: { shown: [...groups[0]], faint: others(names.filter((value) => !groups[0].has(value))) },
      cells: {
        shown: labels(atLevel.filter(isChosen)),
        faint: others(labels(atLevel.filter((cell) => !isChosen(cell)))),
      },
    };
  }

  function show() {
    const now = shownNow();
    for (const cell of document.querySelectorAll("[data-policy]")) {
      cell.hidden = !now.cells.shown.includes(cell.dataset.policy);
    }
    const isShown = cells.map(({ label }) => now.cells.shown.includes(label));
    for (const cell of document.querySelectorAll("[data-cell]")) {
      cell.hidden = !isShown[cell.dataset.cell];
    }
    for (const row of document.querySelectorAll("[data-series]")) {
      row.hidden = !now.series.shown.includes(row.dataset.series);
    }
    for (const entry of document.querySelectorAll("[data-others]")) {
      entry.hidden = now[entry.dataset.others].faint.length === 0;
    }
    for (const { chart, view } of drawn) showIn(view, now[kindOf(chart)]);
    for (const figure of figures) fillOpen(figure);
    showOptions(now);
    for (const legend of document.querySelectorAll(".legend")) shortenNames(legend);
  }

  /** Levels that all entries of a legend share stand once at its end, and in none of them. */
  function shortenNames(legend) {
    const common = legend.querySelector("[data-common]");
    if (common === null) return;
    const entries = [...legend.querySelectorAll("[data-policy]:not([hidden])")];
    const levels = (entry) => [...entry.querySelectorAll("[data-level]")];
    const [first] = entries;
    const isShared = (text, at) => entries.length > 1 && entries.every((entry) => levels(entry)[at].textContent === text);
    const texts = first === undefined ? [] : levels(first).map(({ textContent }) => textContent);
    const shared = texts.map(isShared);
    for (const entry of entries) levels(entry).forEach((level, at) => { level.hidden = shared[at]; });
    const told = texts.filter((_, at) => shared[at]);
    common.textContent = "all at " + told.join(", ");
    common.hidden = told.length === 0;
  }

  /** A chart whose lines are no policies has nothing to hide. */
  function showIn(view, { shown, faint }) {
    const { signals } = view.getState();
    if ("shown" in signals) view.signal("shown", shown);
    if ("faint" in signals) view.signal("faint", faint);
    return view.runAsync();
  }

  /** Options of hidden policies are hidden; where the chosen one is, the first that is not is chosen. */
  function showOptions(now) {
    for (const select of document.querySelectorAll("select[data-choice]")) {
      const figure = select.closest("figure");
      const { shown } = now[kindOf(chartOf(figure))];
      for (const option of select.options) {
        option.hidden = option.disabled = "of" in option.dataset && !shown.includes(option.dataset.of);
      }
      if (!select.selectedOptions[0]?.disabled) continue;
      const first = [...select.options].find(({ disabled }) => !disabled);
      if (first === undefined) continue;
      first.selected = true;
      redraw(figure);
    }
  }

  function check(isChecked) {
    for (const box of filter.querySelectorAll("fieldset input")) box.checked = isChecked(box);
    show();
  }

  if (filter !== null) {
    filter.addEventListener("change", show);
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.querySelector("[data-show-all]").addEventListener("click", () => check(() => true));
    filter.querySelector("[data-show-first]")?.addEventListener("click", () => check((box) => box.defaultChecked));
  }
`;
