import { GRID_SCRIPT } from "../packed-grid.ts";
import { UNPACKED_SCRIPT } from "../packed-rows.ts";

/** Reads the data of the page, and gives each figure its specification. */
export const READ_SCRIPT = `
  ${UNPACKED_SCRIPT}
  ${GRID_SCRIPT}
  const { name, charts, cells, lists, themes, width: SAVED_WIDTH } =
    JSON.parse(document.getElementById("charts-data").textContent, revived);
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const chartOf = (figure) => charts[figure.dataset.chart];
  const kindOf = ({ isAcrossLevels }) => (isAcrossLevels ? "series" : "cells");

  /** The chart with the data of what the reader has chosen. */
  function chosenChart(figure) {
    const chart = chartOf(figure);
    if (chart.choice === undefined) return chart;
    const option = chart.choice[figure.querySelector("select").value];
    const values = option.grid ? cellsOf(option) : option.packed;
    return { ...chart, spec: { ...chart.spec, data: { values } } };
  }

  function cellsOf({ rows, columns, value, grid }) {
    const numbers = numbersOf(grid);
    const across = lists[columns];
    return lists[rows].flatMap((row, i) =>
      across.map((column, j) => ({ ...row, ...column, [value]: numbers[i * across.length + j] })));
  }

  /** The rows of the largest set of data in a chart, of the policies that are drawn. */
  function rowsIn(figure) {
    const { spec, ...chart } = chosenChart(figure);
    const lists = [];
    JSON.stringify(spec, (key, value) => {
      if (key === "values" && Array.isArray(value) && typeof value[0] === "object") lists.push(value);
      return value;
    });
    const longest = lists.reduce((most, list) => (list.length > most.length ? list : most), []);
    if (!hasPolicies(spec)) return longest;
    const { shown, faint } = shownNow()[kindOf(chart)];
    const isDrawn = ({ policy }) => policy === undefined || shown.includes(policy) || faint.includes(policy);
    return longest.filter(isDrawn);
  }

  const hasPolicies = ({ params = [] }) => params.some((param) => param.name === "policies");
`;
