/**
 * The script of the page: draws the charts, and redraws them when the mode of the page changes.
 *
 * It is plain JavaScript in a string, since it runs in the reader's browser and not here. The state
 * of the charts stands in `data-charts` of the body: the mode they were drawn in, or "failed".
 */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const { experiment, charts, themes, exports } = JSON.parse(document.getElementById("charts-data").textContent);
  const filter = document.querySelector("form.filter");
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Without eval; and without Vega-Lite's warning about a height that follows from the lanes.
  const options = { actions: false, ast: true, logLevel: 1, mode: "vega-lite", renderer: "svg" };
  let drawn = [];
  let drawing = Promise.resolve();

  const shownPolicies = () =>
    [...filter.querySelectorAll("input:checked")].map((box) => box.value);

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

  function embed(figure, mode) {
    const { spec } = charts[figure.dataset.chart];
    return vegaEmbed(figure.querySelector(".chart"), spec, { ...options, config: themes[mode] });
  }

  function show() {
    const shown = shownPolicies();
    for (const { view } of drawn) view.signal("shown", shown).run();
    for (const cell of document.querySelectorAll("[data-policy]")) {
      cell.hidden = !shown.includes(cell.dataset.policy);
    }
  }

  function showAll() {
    for (const box of filter.querySelectorAll("input")) box.checked = true;
    show();
  }

  async function save(figure, format) {
    const { id, spec } = charts[figure.dataset.chart];
    const isImage = format !== "json";
    const link = document.createElement("a");
    link.download = [experiment, id].join("-") + (isImage ? "." : ".vl.") + format;
    link.href = isImage ? await image(spec, format) : objectUrl(JSON.stringify(spec, null, 1));
    link.click();
  }

  /** The chart as readers export it, drawn anew out of sight. */
  async function image(spec, format) {
    const place = document.createElement("div");
    const fixed = { ...spec, width: exports.width };
    const { view, finalize } = await vegaEmbed(place, fixed, { ...options, config: exports.theme });
    await view.signal("shown", shownPolicies()).runAsync();
    const url = await view.toImageURL(format, format === "png" ? 2 : 1);
    finalize();
    return url;
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
