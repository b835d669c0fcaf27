import type { TopLevelSpec } from "vega-lite";
import type { PackedGrid } from "../shell/packed-grid.ts";
import type { ChartRow } from "../shell/packed-rows.ts";

/** A figure of the report: a Vega-Lite specification with its data and the words around it. */
export interface Chart {
  /** Names the figure in the page and the files that readers export. */
  readonly id: string;
  readonly title: string;
  /** What is drawn, in which unit, and how to read it. */
  readonly caption: string;
  /** Whether the chart itself names its policies, and needs no legend. */
  readonly isLabelled: boolean;
  /** Plots beside each other on a wide page, where the chart is made of several. */
  readonly columns?: number;
  /** What those plots need, where it is not what a line chart does. */
  readonly plot?: PlotSize;
  /** Whether its lines run across levels: they are those of policies, not of single cells. */
  readonly isAcrossLevels?: true;
  /** Whether it needs the whole width of the page. */
  readonly isWide?: true;
  /** The file beside the page that has the values of every run. */
  readonly file?: string;
  /** Where it shows one of several sets of data at a time, as its reader chooses. */
  readonly choice?: Choice;
  /** With the data of the first option, where there is a choice. */
  readonly spec: TopLevelSpec;
}

/** Pixels that each of several plots beside each other needs. */
export interface PlotSize {
  /** Beside it: the labels of its axis and the gap to the next. */
  readonly margin: number;
  /** With its margin, least to be read. */
  readonly least: number;
}

/** What a reader chooses among. The data of the chosen option are those of the specification. */
export interface Choice {
  readonly label: string;
  readonly options: readonly ChoiceOption[];
}

export interface ChoiceOption {
  readonly name: string;
  /** The policy that it shows; hidden with it. */
  readonly policy?: string;
  readonly data: readonly ChartRow[] | GridRows;
}

/** Rows for each cell of a grid: `rows` × `columns`, row by row. */
export interface GridRows {
  /** What the rows and the columns are: the fields that each cell of them has. */
  readonly rows: readonly ChartRow[];
  readonly columns: readonly ChartRow[];
  /** Name of the field of the cells' numbers. */
  readonly value: string;
  readonly grid: PackedGrid;
}
