import { max, mean } from "d3-array";
import { formatShare, formatTime } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { BusyGrid, ReportData } from "../report-data.ts";
import { packedGrid } from "../shell/packed-grid.ts";
import { columnsSinceStart } from "./axis-labels.ts";
import type { Chart, ChoiceOption, GridRows } from "./chart.ts";
import { inWords } from "./rows.ts";

/** Cells of all policies together that the page holds; of more, neighbours in time are averaged. */
const MOST_CELLS = 180_000;

/** Rows that can be told apart; of more volunteers, neighbours are averaged. */
const MOST_ROWS = 120;
const ROW_HEIGHT = 8;

/** Share that can be seen; where nobody is busier at any time, there is nothing to show. */
const LEAST = 0.001;

/** How busy each volunteer is over time: a heat map of one policy at a time. */
export function busyChart(
  { busy, policies }: Pick<ReportData, "busy" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const known = styles.filter(({ policy }) => policies.includes(policy));
  const inOrder = known.toSorted((a, b) => Number(a.isFaint) - Number(b.isFaint));
  const grids = inOrder.flatMap(({ policy }) => {
    const grid = busy.find((each) => each.policy === policy);
    return grid?.share.some((share) => share > LEAST) ? [grid] : [];
  });
  const [first] = grids;
  if (first === undefined) return null;
  const cells = grids.reduce((sum, { share }) => sum + share.length, 0);
  const shown = grids.map((grid) => coarser(grid, Math.ceil(cells / MOST_CELLS)));
  const [{ width, classes }] = shown as [BusyGrid];
  const top = max(shown, ({ share }) => max(share)) ?? 1;
  const options = shown.map((grid): ChoiceOption => {
    return { name: grid.policy, policy: grid.policy, data: gridRows(grid, top) };
  });
  const end = max(shown, (grid) => grid.width * (grid.share.length / grid.classes.length)) ?? 0;
  const rows = max(shown, (grid) => grid.classes.length) ?? 0;
  const names = [...new Set(classes)];
  const isAveraged = first.classes.length > classes.length;
  return {
    id: "busy",
    title: "Load of each volunteer over time",
    caption:
      `Share of its uplink that each volunteer sent over in each ${formatTime(width)}, for ` +
      "customers and for other volunteers; mean over the replications. A row is a volunteer" +
      (names.length > 1 ? `, by class from the top: ${names.join(", ")}.` : ".") +
      (isAveraged ? ` Rows are means of neighbours among ${first.classes.length} volunteers.` : ""),
    isLabelled: true,
    file: "runs.jsonl",
    choice: { label: "Policy", options },
    spec: {
      width: "container",
      height: Math.min(420, Math.max(120, ROW_HEIGHT * rows)),
      description: `Heat map of volunteers over time, a policy at a time. ${inWords(shown, told)}`,
      data: { values: rowsOf(options[0]?.data as GridRows, shown[0] as BusyGrid) },
      mark: { type: "rect", aria: false },
      encoding: {
        x: columnsSinceStart(end),
        x2: { field: "to" },
        y: {
          field: "top",
          type: "quantitative",
          title: "volunteer",
          axis: { grid: false, tickCount: 5, tickMinStep: 1, format: "d" },
          scale: { domain: [0, rows], nice: false, reverse: true },
        },
        y2: { field: "bottom" },
        color: {
          field: "share",
          type: "quantitative",
          title: "share of uplink used",
          scale: { domain: [0, top], range: "ramp" },
          legend: {
            disable: false,
            orient: "top",
            offset: 24,
            format: ".0%",
            gradientLength: 220,
            tickCount: 4,
          },
        },
        tooltip: [
          { field: "volunteer", title: "volunteer" },
          { field: "class" },
          { field: "time" },
          { field: "share", format: ".1%", title: "share of uplink used" },
        ],
      },
    } as Chart["spec"],
  };
}

function gridRows({ classes, width, share }: BusyGrid, top: number): GridRows {
  const columns = classes.length === 0 ? 0 : share.length / classes.length;
  return {
    rows: classes.map((name, at) => ({ volunteer: at, class: name, top: at, bottom: at + 1 })),
    columns: Array.from({ length: columns }, (_, at) => ({
      ...{ from: at * width, to: (at + 1) * width, time: formatTime(at * width) },
    })),
    value: "share",
    grid: packedGrid(share, top),
  };
}

/** The rows of the chart's own specification, unpacked. */
function rowsOf({ rows, columns }: GridRows, { share }: BusyGrid) {
  return rows.flatMap((row, i) =>
    columns.map((column, j) => ({
      ...row,
      ...column,
      share: Number((share[i * columns.length + j] ?? 0).toPrecision(4)),
    })),
  );
}

/** The grid with `times` columns in one, and with so many volunteers in one that they find room. */
function coarser({ policy, classes, width, share }: BusyGrid, times: number): BusyGrid {
  const columns = share.length / classes.length;
  const together = Math.ceil(classes.length / MOST_ROWS);
  const rows = Math.ceil(classes.length / together);
  const wide = Math.ceil(columns / times);
  const cells = Array.from({ length: rows * wide }, (_, at) => {
    const [row, column] = [Math.floor(at / wide), at % wide];
    const values = [];
    for (let v = row * together; v < Math.min(classes.length, (row + 1) * together); v++) {
      for (let c = column * times; c < Math.min(columns, (column + 1) * times); c++) {
        values.push(share[v * columns + c] ?? 0);
      }
    }
    return mean(values) ?? 0;
  });
  return {
    policy,
    classes: Array.from({ length: rows }, (_, row) => classes[row * together] ?? ""),
    width: width * times,
    share: cells,
  };
}

/** The sentence that a screen reader tells of a policy. */
function told({ policy, classes, width, share }: BusyGrid): string {
  const columns = share.length / classes.length;
  const byTime = Array.from(
    { length: columns },
    (_, at) => mean(classes, (_, row) => share[row * columns + at]) ?? 0,
  );
  const busiest = byTime.indexOf(Math.max(...byTime));
  return (
    `Under ${policy} volunteers use ${formatShare(mean(share) ?? 0)} of their uplinks on average, ` +
    `most after ${formatTime(busiest * width)}: ${formatShare(byTime[busiest] ?? 0)}.`
  );
}
