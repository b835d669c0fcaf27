import type { Mode } from "./policy-style.ts";

export interface Palette {
  readonly page: string;
  /** Behind blocks that stand out a little. */
  readonly panel: string;
  readonly ink: string;
  /** For text of second rank; at least 4.5 to 1 on the page and on panels. */
  readonly quiet: string;
  readonly line: string;
  /** Lines that stand behind others. */
  readonly faint: string;
  readonly accent: string;
  /** What flows towards a machine, beside the accent for what it sends. */
  readonly down: string;
  readonly better: string;
  readonly worse: string;
}

/** The colours of the page and of its charts, in both modes. */
export const COLOURS: Readonly<Record<Mode, Palette>> = {
  light: {
    page: "#ffffff",
    panel: "#f5f6f8",
    ink: "#16191d",
    quiet: "#545c66",
    line: "#dcdfe4",
    faint: "#c3c8cf",
    accent: "#0b5cad",
    down: "#8a4b9e",
    better: "#00694d",
    worse: "#a54400",
  },
  dark: {
    page: "#14171b",
    panel: "#1d2126",
    ink: "#e9ebee",
    quiet: "#a7b0ba",
    line: "#343a42",
    faint: "#4d545d",
    accent: "#7db8f5",
    down: "#d6a3e4",
    better: "#4fd1a5",
    worse: "#ff9a52",
  },
};
