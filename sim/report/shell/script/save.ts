/** Saves a chart as an image, its rows as CSV, and its specification. Nothing leaves the page. */
export const SAVE_SCRIPT = `
  const EXTENSIONS = { svg: ".svg", png: ".png", csv: ".csv", json: ".vl.json" };

  async function save(figure, format) {
    const link = document.createElement("a");
    link.download = [name, chartOf(figure).id].join("-") + EXTENSIONS[format];
    link.href = await addressOf(figure, format);
    link.click();
  }

  function addressOf(figure, format) {
    if (format === "csv") return objectUrl(csvOf(rowsIn(figure)), "text/csv");
    const chart = headed(figure, chosenChart(figure));
    return format === "json" ? objectUrl(specText(chart), "application/json") : image(chart, format);
  }

  /** The chart headed by what the reader has chosen for it, since the list stays in the page. */
  function headed(figure, chart) {
    if (chart.choice === undefined) return chart;
    const title = figure.querySelector("select").selectedOptions[0].text;
    return { ...chart, spec: { ...chart.spec, title } };
  }

  /** The specification as it is drawn now: with the policies that are shown. */
  function specText(chart) {
    const { shown, faint } = shownNow()[kindOf(chart)];
    const now = { shown, faint };
    const params = chart.spec.params?.map((each) => (each.name in now ? { ...each, value: now[each.name] } : each));
    return JSON.stringify({ ...chart.spec, ...(params && { params }) }, null, 1);
  }

  /** The chart as readers save it, drawn anew out of sight. */
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
  function onlyShown(chart, { shown }) {
    const wide = chart.columns === undefined ? { ...chart.spec, width: SAVED_WIDTH } : fitted(chart, SAVED_WIDTH);
    const policies = (wide.params ?? []).find(({ name }) => name === "policies")?.value;
    const theme = themes[kindOf(chart)].saved;
    if (policies === undefined) return { spec: wide, config: theme };
    const kept = (values) => values.filter((_, at) => shown.includes(policies[at]));
    const isAll = (domain) => Array.isArray(domain) && domain.join() === policies.join();
    const spec = JSON.parse(JSON.stringify(wide), (_, value) => {
      if (!isAll(value?.domain)) return value;
      return { ...value, domain: kept(value.domain), ...(value.range && { range: kept(value.range) }) };
    });
    return { spec, config: { ...theme, range: { ...theme.range, category: kept(theme.range.category) } } };
  }

  function csvOf(rows) {
    const names = columnsOf(rows);
    const field = (value) => {
      const text = value === null || value === undefined ? "" : String(value);
      return /[",\\n\\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
    };
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
    return lines.map((line) => line.map(field).join(",") + "\\n").join("");
  }

  const columnsOf = (rows) => [...new Set(rows.flatMap((row) => Object.keys(row)))];

  function objectUrl(text, type) {
    return URL.createObjectURL(new Blob([text], { type }));
  }

  for (const button of document.querySelectorAll("button[data-export]")) {
    button.addEventListener("click", () => save(button.closest("figure"), button.dataset.export));
  }
`;
