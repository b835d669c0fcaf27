import type { CellCheck, ExperimentCheck } from "../../gate/check-experiment.ts";
import { VERDICTS, type Verdict } from "../../gate/verdict.ts";
import { deciding, type Format, fails, overall, partingLines } from "./shown.ts";

/** For programs: everything, with its numbers as they are. Fields may be added and keep their meaning. */
export const json: Format = ({ checks, written, strict, ...shown }) => {
  const verdict = overall({ checks, written });
  const verdicts = checks.flatMap(({ cells }) => cells.flatMap(deciding));
  const count = (of: Verdict) => verdicts.filter((each) => each === of).length;
  const said = {
    verdict,
    fails: fails(verdict, strict),
    counts: Object.fromEntries(VERDICTS.map((each) => [each, count(each)])),
    experiments: checks.map((check) => experiment(check, shown.all)),
    written,
  };
  return JSON.stringify(said, null, 2);
};

function experiment(check: ExperimentCheck, all: boolean) {
  const shown = (cell: CellCheck) => ({
    ...cell,
    metrics: all ? cell.metrics : cell.metrics.filter(({ decides }) => decides),
    first: partingLines(cell, check.replications),
  });
  return { ...check, cells: check.cells.map(shown) };
}
