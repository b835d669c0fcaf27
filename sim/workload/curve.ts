import { InputError } from "../engine/input-error.ts";
import type { CurvePoint } from "./release-shape.ts";

const COLUMNS = "hours,lower_quartile,median,upper_quartile";

/** Reads the text of a measured release curve, comma-separated with a header, and takes its median. */
export function parseCurve(text: string, place: string): readonly CurvePoint[] {
  const [header = "", ...lines] = text.replace(/\r?\n$/, "").split(/\r?\n/);
  if (header !== COLUMNS) {
    throw new InputError([`${place}: line 1: expected ${COLUMNS}; got ${JSON.stringify(header)}`]);
  }
  const curve = lines.map((line): CurvePoint => {
    const [hours, , share] = line.split(",").map(Number);
    return { hours, share };
  });
  const problems = curve.flatMap(({ hours, share }, row) => {
    const isRising = row === 0 || (hours > curve[row - 1].hours && share >= curve[row - 1].share);
    const isFirst = row > 0 || (hours === 0 && share === 0);
    return isRising && isFirst && share >= 0 && share <= 1
      ? []
      : [`${place}: line ${row + 2}: expected hours and shares rising from 0; got ${lines[row]}`];
  });
  if (curve.filter(({ share }) => share < 1).length < 2) {
    problems.push(`${place}: expected at least two points with a share below 1; got fewer`);
  }
  if (problems.length > 0) throw new InputError(problems);
  return curve;
}
