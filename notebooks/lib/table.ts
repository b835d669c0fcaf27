/** A column of a table: its heading, and what it shows of a row. Numbers stand to the right. */
export interface TableColumn<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number;
}

/** What stands where there is no value. */
const NOTHING = "–";

/** A number, its unit and its interval: `12`, `3.5 GB (3.1 to 3.9)`. */
const NUMBER = /^[\d.,]+( [^\s\d]+)*( \([\d.,]+ to [\d.,]+\))?$/;

/** A table that scrolls by itself where the page is narrow; the first column names the row. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  caption = "",
): HTMLElement {
  const scroll = document.createElement("div");
  scroll.className = "table";
  const grid = scroll.appendChild(document.createElement("table"));
  if (caption !== "") grid.createCaption().textContent = caption;
  const heads = grid.createTHead().insertRow();
  const body = grid.createTBody();
  for (const { title } of columns) heads.appendChild(cell("th", title)).scope = "col";
  for (const row of rows) {
    const line = body.insertRow();
    for (const [at, { of }] of columns.entries()) {
      const shown = of(row);
      if (at === 0) line.appendChild(cell("th", shown)).scope = "row";
      else line.appendChild(cell("td", shown));
    }
  }
  for (const [at, head] of [...heads.cells].entries()) {
    const column = [...body.rows].map((row) => row.cells[at]);
    const told = column.map((each) => each?.textContent ?? "").filter((text) => text !== NOTHING);
    if (at === 0 || !told.every((text) => NUMBER.test(text))) continue;
    for (const each of [head, ...column]) each?.classList.add("number");
  }
  return scroll;
}

function cell(tag: "th" | "td", content: string | number): HTMLTableCellElement {
  const element = document.createElement(tag);
  element.textContent = String(content);
  return element;
}
