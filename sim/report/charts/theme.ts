import type { Config } from "vega-lite";
import type { Mode, PolicyStyle } from "../policy-style.ts";
import { COLOURS } from "../theme.ts";

/** Width in pixels of charts that readers export. */
export const EXPORT_WIDTH = 760;

/**
 * From little to much, of even steps in lightness: the ends of Viridis are too dark for one page or
 * too bright for the other, so these rise from the page itself.
 */
const RAMPS: Readonly<Record<Mode, readonly string[]>> = {
  light: ["#f3f5f8", "#c5dcef", "#7fb4dc", "#3382bd", "#0b4a86", "#06203f"],
  dark: ["#1b2026", "#16324f", "#1a4c78", "#2a71ab", "#8cc1ea", "#f1f8ff"],
};

/** The look of the charts in the page, where every figure has a legend of its own. */
export function chartTheme(styles: readonly PolicyStyle[], mode: Mode): Config {
  // A chart that has its own legend none the less says so itself.
  return { ...theme(styles, mode), legend: { ...legendTexts(mode), disable: true } };
}

/** The look of charts that readers export: light, opaque and with a legend, to stand anywhere. */
export function exportTheme(styles: readonly PolicyStyle[]): Config {
  const longest = Math.max(...styles.map(({ policy }) => policy.length));
  const columns = Math.max(1, Math.floor(EXPORT_WIDTH / (40 + 6.6 * longest)));
  return {
    ...theme(styles, "light"),
    padding: 12,
    legend: {
      ...legendTexts("light"),
      labelLimit: 400,
      orient: "top",
      offset: 28,
      columns,
      symbolType: "stroke",
      symbolSize: 200,
    },
  };
}

function legendTexts(mode: Mode) {
  const { ink, quiet } = COLOURS[mode];
  const title = {
    ...{ titleColor: quiet, titleFontSize: 12, titleFontWeight: "normal" as const },
    titleLimit: 400,
  };
  return { labelColor: ink, labelFontSize: 12, ...title };
}

function theme(styles: readonly PolicyStyle[], mode: Mode): Config {
  const { page, ink, quiet, line, faint } = COLOURS[mode];
  return {
    background: page,
    font: 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif',
    padding: { left: 2, right: 12, top: 4, bottom: 2 },
    view: { stroke: null },
    range: { category: styles.map(({ colour }) => colour[mode]), ramp: [...RAMPS[mode]] },
    style: {
      faint: { color: faint },
      quiet: { color: quiet },
      halo: { color: page, stroke: page, strokeWidth: 4, strokeJoin: "round" },
      "on-weak": { color: mode === "light" ? "#000000" : "#ffffff" },
      "on-strong": { color: mode === "light" ? "#ffffff" : "#000000" },
    },
    axis: {
      labelColor: quiet,
      labelFontSize: 12,
      labelOverlap: "greedy",
      labelPadding: 6,
      titleColor: quiet,
      titleFontSize: 12,
      titleFontWeight: "normal",
      titlePadding: 8,
      gridColor: line,
      domainColor: line,
      tickColor: line,
    },
    axisY: {
      domain: false,
      ticks: false,
      titleAngle: 0,
      titleAlign: "left",
      titleBaseline: "bottom",
      titleX: 0,
      titleY: -8,
    },
    title: {
      color: ink,
      fontSize: 12,
      fontWeight: 600,
      anchor: "start",
      frame: "group",
      limit: 185,
    },
    rule: { color: quiet },
    text: { color: ink, fontSize: 12 },
  };
}
