import type { TraceTable } from "../../report/trace-data.ts";
import { figuresOf } from "./figures.ts";
import type { Profiled } from "./profiled.ts";
import { tablesOf } from "./tables.ts";

const BLOCKS = " ▁▂▃▄▅▆▇█";
const WIDEST = 72;

/** The profile for a terminal. */
export function profileText(profiled: Profiled): string {
  const { name, profile, targets, notes } = profiled;
  const figures = figuresOf(profiled);
  const columns = targets === null ? ["figure", name] : ["figure", name, "target"];
  const rows = figures.map(({ label, value, target }) =>
    targets === null ? [label, value] : [label, value, target ?? ""],
  );
  const parts = [
    aligned([columns, ...rows]),
    ...tablesOf(profile).flatMap(tableText),
    ...(profile.kind === "access"
      ? [
          `Requests over time\n${sparkline(profile.hourly.requests)}`,
          `Hours of the day\n${sparkline(profile.rhythm.hours)}`,
        ]
      : [`Hours on each day of the traced node\n${sparkline(profile.hours)}`]),
    ...(notes.length > 0 ? [notes.map((note) => `note: ${note}`).join("\n")] : []),
  ];
  return parts.join("\n\n");
}

function tableText({ title, columns, rows }: TraceTable): string[] {
  return rows.length === 0 ? [] : [`${title}\n${aligned([columns, ...rows])}`];
}

/** Columns of texts: the first to the left, numbers to the right, words to the left. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => [...row[at]].length)));
  const isNumber = rows[0].map((_, at) =>
    rows.slice(1).every((row) => /^[^a-z]|^$/i.test(row[at])),
  );
  return rows
    .map((row) =>
      row
        .map((text, at) => {
          const pad = " ".repeat(widths[at] - [...text].length);
          return at > 0 && isNumber[at] ? pad + text : text + pad;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A line of blocks, from nothing to the most; neighbours are joined where there are too many. */
function sparkline(values: readonly number[]): string {
  const each = Math.ceil(values.length / WIDEST);
  const sums = Array.from({ length: Math.ceil(values.length / each) }, (_, at) => {
    const few = values.slice(at * each, (at + 1) * each);
    return few.reduce((sum, value) => sum + value, 0) / few.length;
  });
  const most = Math.max(...sums);
  return sums.map((sum) => BLOCKS[most === 0 ? 0 : Math.ceil((8 * sum) / most)]).join("");
}
