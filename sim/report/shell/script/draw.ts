import { FITTED_SCRIPT } from "../../charts/panels.ts";

/** Draws the figures, and draws them anew when the mode of the page changes. */
export const DRAW_SCRIPT = `
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Without eval; and without Vega-Lite's warning about a height that follows from the lanes.
  const options = { actions: false, ast: true, logLevel: 1, mode: "vega-lite", renderer: "svg" };
  let drawn = [];
  let drawing = Promise.resolve();

  ${FITTED_SCRIPT}

  /** Drawings follow each other, so that the last one asked for is the one that stays. */
  function afterOthers(work) {
    drawing = drawing.then(work).catch(fail);
  }

  function draw(mode) {
    afterOthers(async () => {
      for (const { finalize } of drawn) finalize();
      drawn = [];
      for (const figure of figures) drawn.push(await embed(figure, mode));
      show();
      document.body.dataset.charts = mode;
    });
  }

  /** One figure anew, since other data were chosen for it. */
  function redraw(figure) {
    afterOthers(async () => {
      const at = drawn.findIndex((each) => each.figure === figure);
      if (at === -1) return;
      drawn[at].finalize();
      drawn[at] = await embed(figure, drawn[at].mode);
      await showIn(drawn[at].view, shownNow()[kindOf(drawn[at].chart)]);
      fillOpen(figure);
    });
  }

  async function embed(figure, mode) {
    const chart = chosenChart(figure);
    const place = figure.querySelector(".chart");
    const config = themes[kindOf(chart)][mode];
    const { view, finalize } = await vegaEmbed(place, fitted(chart, place.clientWidth), { ...options, config });
    return { figure, mode, chart, view, finalize };
  }

  function fail(error) {
    document.body.dataset.charts = "failed";
    for (const figure of figures) {
      const place = figure.querySelector(".chart");
      if (!place.querySelector("svg")) place.textContent = "This chart was not drawn: " + error.message;
    }
    console.error(error);
  }

  for (const select of document.querySelectorAll("select[data-choice]")) {
    select.addEventListener("change", () => redraw(select.closest("figure")));
  }
  const drawForScreen = () => draw(dark.matches ? "dark" : "light");
  dark.addEventListener("change", drawForScreen);
  addEventListener("beforeprint", () => draw("light"));
  addEventListener("afterprint", drawForScreen);
`;
