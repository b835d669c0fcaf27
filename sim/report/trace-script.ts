/**
 * The script of a trace's page: draws the charts, redraws them when the mode of the page changes,
 * and saves them. It is plain JavaScript in a string, since it runs in the reader's browser. The
 * state of the charts stands in `data-charts` of the body: their mode, or "failed".
 */
export const TRACE_SCRIPT = `"use strict";
(() => {
  const { name, charts, themes, exports } = JSON.parse(document.getElementById("charts-data").textContent);
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const options = { actions: false, ast: true, logLevel: 1, mode: "vega-lite", renderer: "svg" };
  let drawn = [];
  let drawing = Promise.resolve();

  /** Drawings follow each other, so that the last one asked for is the one that stays. */
  function draw(mode) {
    drawing = drawing.then(() => drawAll(mode)).catch(fail);
  }

  async function drawAll(mode) {
    for (const { finalize } of drawn) finalize();
    drawn = [];
    for (const figure of figures) {
      const { spec } = charts[figure.dataset.chart];
      const place = figure.querySelector(".chart");
      drawn.push(await vegaEmbed(place, spec, { ...options, config: themes[mode] }));
    }
    document.body.dataset.charts = mode;
  }

  async function save(figure, format) {
    const { id, spec } = charts[figure.dataset.chart];
    const isImage = format !== "json";
    const link = document.createElement("a");
    link.download = [name, id].join("-") + (isImage ? "." : ".vl.") + format;
    link.href = isImage ? await image(spec, format) : objectUrl(JSON.stringify(spec, null, 1));
    link.click();
  }

  /** The chart as readers export it, drawn anew out of sight. */
  async function image(spec, format) {
    const place = document.createElement("div");
    const fixed = { ...spec, width: exports.width };
    const { view, finalize } = await vegaEmbed(place, fixed, { ...options, config: exports.theme });
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
