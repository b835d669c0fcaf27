import { ALL_CAUSES, CAUSES, type Cause } from "../network/http/causes.ts";
import { DEPENDS_ON_CAUSES } from "./experiments.ts";
import type { AblationRow } from "./tables.ts";
import { validate } from "./validation.ts";

/** Replays the measurements with everything, then without one cause after the other. */
export function ablation(
  measured: string,
  letters: readonly string[],
  onRow: (without: Cause | null) => void,
): AblationRow[] {
  const depending = letters.filter((letter) => DEPENDS_ON_CAUSES.includes(letter));
  return [null, ...CAUSES].map((without) => {
    onRow(without);
    const causes = without === null ? ALL_CAUSES : { ...ALL_CAUSES, [without]: false };
    const { measures } = validate(measured, { causes, letters: depending });
    const errors = Object.fromEntries(measures.map(({ name, ...rest }) => [name, rest]));
    return { without, errors };
  });
}
