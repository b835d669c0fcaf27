import type { TopLevelSpec } from "vega-lite";

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
  /** Whether its lines run across levels: they are those of policies, not of single cells. */
  readonly isAcrossLevels?: true;
  readonly spec: TopLevelSpec;
}
