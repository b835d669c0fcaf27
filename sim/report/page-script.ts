import { FITTED_SCRIPT } from "./charts/panels.ts";

/**
 * The script of the page: draws the charts, and redraws them when the mode of the page changes.
 *
 * It is plain JavaScript in a string, since it runs in the reader's browser and not here. The state
 * of the charts stands in `data-charts` of the body: the mode they were drawn in, or "failed".
 */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const { experiment, charts, cells, themes, exports } = JSON.parse(document.getElementById("charts-data").textContent);
  const filter = document.querySelector("form.filter");
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Without eval; and without Vega-Lite's warning about a height that follows from the lanes.
  const options = { actions: false, ast: true, logLevel: 1, mode: "vega-lite", renderer: "svg" };
  let drawn = [];
  let drawing = Promise.resolve();

  const chosen = (group) =>
    new Set([...filter.querySelectorAll("input[name=group-" + group + "]:checked")].map((box) => box.value));

  /** What is shown: the lines across all levels, and the single cells. */
  function shownNow() {
    const groups = [...filter.querySelectorAll("fieldset")].map((_, group) => chosen(group));
    const isShown = ({ choices }) => choices.every((choice, group) => groups[group].has(choice));
    return { series: [...groups[0]], cells: cells.filter(isShown).map(({ label }) => label) };
  }

  const kindOf = ({ isAcrossLevels }) => (isAcrossLevels ? "series" : "cells");

  ${FITTED_SCRIPT}

  /** Drawings follow each other, so that the last one asked for is the one that stays. */
  function draw(mode) {
    drawing = drawing.then(() => drawAll(mode)).catch(fail);
  }

  async function drawAll(mode) {
    for (const { finalize } of drawn) finalize();
    drawn = [];
    for (const figure of figures) drawn.push(await embed(figure, mode));
    show();
    document.body.dataset.charts = mode;
  }

  async function embed(figure, mode) {
    const chart = charts[figure.dataset.chart];
    const place = figure.querySelector(".chart");
    const config = themes[kindOf(chart)][mode];
    const { view, finalize } = await vegaEmbed(place, fitted(chart, place.clientWidth), { ...options, config });
    return { chart, view, finalize };
  }

  function show() {
    const shown = shownNow();
    for (const { chart, view } of drawn) showIn(view, shown[kindOf(chart)]);
    for (const cell of document.querySelectorAll("[data-policy]")) {
      cell.hidden = !shown.cells.includes(cell.dataset.policy);
    }
    for (const row of document.querySelectorAll("[data-series]")) {
      row.hidden = !shown.series.includes(row.dataset.series);
    }
  }

  /** A chart whose lines are no policies has nothing to hide. */
  function showIn(view, shown) {
    if ("shown" in view.getState().signals) view.signal("shown", shown);
    return view.runAsync();
  }

  function showAll() {
    for (const box of filter.querySelectorAll("input")) box.checked = true;
    show();
  }

  async function save(figure, format) {
    const chart = charts[figure.dataset.chart];
    const { id, spec } = chart;
    const isImage = format !== "json";
    const link = document.createElement("a");
    link.download = [experiment, id].join("-") + (isImage ? "." : ".vl.") + format;
    link.href = isImage ? await image(chart, format) : objectUrl(JSON.stringify(spec, null, 1));
    link.click();
  }

  /** The chart as readers export it, drawn anew out of sight. */
  async function image(chart, format) {
    const place = document.createElement("div");
    const shown = shownNow()[kindOf(chart)];
    const { spec, config } = onlyShown(chart, shown);
    const { view, finalize } = await vegaEmbed(place, spec, { ...options, config });
    await showIn(view, shown);
    const url = await view.toImageURL(format, format === "png" ? 2 : 1);
    finalize();
    return url;
  }

  /** The chart and its theme without the policies that are hidden, so that no legend names them. */
  function onlyShown(chart, shown) {
    const wide = chart.columns === undefined ? { ...chart.spec, width: exports.width } : fitted(chart, exports.width);
    const policies = (wide.params ?? []).find(({ name }) => name === "policies")?.value;
    const theme = exports[kindOf(chart)];
    if (policies === undefined) return { spec: wide, config: theme };
    const kept = (values) => values.filter((_, at) => shown.includes(policies[at]));
    const isAll = (domain) => Array.isArray(domain) && domain.join() === policies.join();
    const spec = JSON.parse(JSON.stringify(wide), (_, value) => {
      if (!isAll(value?.domain)) return value;
      return { ...value, domain: kept(value.domain), ...(value.range && { range: kept(value.range) }) };
    });
    return { spec, config: { ...theme, range: { category: kept(theme.range.category) } } };
  }

  function objectUrl(text) {
    return URL.createObjectURL(new Blob([text], { type: "application/json" }));
  }

  function fail(error) {
    document.body.dataset.charts = "failed";
    for (const figure of figures) {
      const place = figure.querySelector(".chart");
      if (!place.querySelector("svg")) place.textContent = "This chart was not drawn: " + error.message;
    }
    console.error(error);
  }

  filter.addEventListener("change", show);
  filter.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-show-all]").addEventListener("click", showAll);
  for (const button of document.querySelectorAll("button[data-export]")) {
    button.addEventListener("click", () => save(button.closest("figure"), button.dataset.export));
  }
  const drawForScreen = () => draw(dark.matches ? "dark" : "light");
  dark.addEventListener("change", drawForScreen);
  addEventListener("beforeprint", () => draw("light"));
  addEventListener("afterprint", drawForScreen);
  drawForScreen();
})();
`;
