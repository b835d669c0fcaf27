/** Rows of a table in the page; the saved file has all. */
const MOST_ROWS = 200;

/** Tells each chart as a table and as its specification, where a reader opens them. */
export const TABLES_SCRIPT = `
  /** Fills what is open below a chart; what is closed costs nothing. */
  function fillOpen(figure) {
    const [rows, spec] = ["rows", "spec"].map((part) => figure.querySelector("details[data-part=" + part + "]"));
    if (rows.open) fillTable(rows.querySelector(".filled"), rowsIn(figure));
    if (spec.open) spec.querySelector("pre").textContent = shortSpec(chosenChart(figure).spec);
  }

  function fillTable(place, rows) {
    const names = columnsOf(rows.slice(0, ${MOST_ROWS}));
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const name of names) head.append(cellOf("th", name));
    for (const cell of head.cells) cell.scope = "col";
    const body = table.createTBody();
    for (const row of rows.slice(0, ${MOST_ROWS})) {
      const line = body.insertRow();
      for (const name of names) line.append(cellOf("td", row[name] ?? ""));
    }
    const left = rows.length - ${MOST_ROWS};
    const note = document.createElement("p");
    note.textContent = left > 0 ? "The first ${MOST_ROWS} of " + rows.length + " rows; CSV saves all." : "";
    place.replaceChildren(table, note);
  }

  function cellOf(kind, text) {
    const cell = document.createElement(kind);
    cell.textContent = text;
    return cell;
  }

  /** The specification without its rows, to read. */
  function shortSpec(spec) {
    const isLong = (key, value) => key === "values" && Array.isArray(value) && typeof value[0] === "object";
    return JSON.stringify(spec, (key, value) => (isLong(key, value) ? value.length + " rows" : value), 1);
  }

  for (const part of document.querySelectorAll("details[data-part]")) {
    part.addEventListener("toggle", () => fillOpen(part.closest("figure")));
  }
`;
