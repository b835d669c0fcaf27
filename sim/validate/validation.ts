import { InputError } from "../engine/input-error.ts";
import { ALL_CAUSES, type Causes } from "../network/http/causes.ts";
import { AIMS, type MeasureName } from "./aims.ts";
import { EXPERIMENTS, type Findings } from "./experiments.ts";
import { experimentFolders } from "./folder.ts";
import { type Case, type Measure, measure } from "./measure.ts";

/** What comes out of replaying a folder of measurements. */
export interface Validation {
  readonly measures: readonly Measure[];
  /** The cases of each measure. */
  readonly cases: ReadonlyMap<MeasureName, readonly Case[]>;
  /** What was left out because it could not be read, and why. */
  readonly problems: readonly string[];
}

export interface ValidationOptions {
  readonly causes?: Causes;
  /** Letters of the experiments to replay; all that are known when absent. */
  readonly letters?: readonly string[];
  /** Told before each scenario is replayed. */
  readonly onScenario?: (folder: string) => void;
}

/**
 * Replays every scenario of a folder laid out like the measurements. A scenario or a row that cannot
 * be read is left out and named, so that one bad file does not hide what the others say.
 */
export function validate(measured: string, options: ValidationOptions = {}): Validation {
  const { causes = ALL_CAUSES, letters, onScenario } = options;
  const cases = new Map<MeasureName, Case[]>(AIMS.map(({ name }) => [name, []]));
  const problems: string[] = [];
  for (const { letter, path, scenarios } of experimentFolders(measured)) {
    if (letters !== undefined && !letters.includes(letter)) continue;
    const experiment = EXPERIMENTS[letter];
    if (experiment === undefined) {
      problems.push(`unknown experiment: ${path}; known: ${Object.keys(EXPERIMENTS).join(", ")}`);
      continue;
    }
    for (const folder of scenarios) {
      onScenario?.(folder);
      const tell = (problem: string) => problems.push(problem);
      collect(() => experiment(folder, causes, tell), folder, cases, problems);
    }
  }
  const measures = AIMS.map(({ name }) => measure(name, cases.get(name) ?? []));
  return { measures: measures.filter((known) => known !== null), cases, problems };
}

function collect(
  replay: () => Findings,
  folder: string,
  cases: ReadonlyMap<MeasureName, Case[]>,
  problems: string[],
): void {
  let findings: Findings;
  try {
    findings = replay();
  } catch (error) {
    if (error instanceof InputError) problems.push(...error.problems);
    else problems.push(`${folder}: ${error instanceof Error ? error.message : error}`);
    return;
  }
  for (const { name } of AIMS) cases.get(name)?.push(...(findings[name] ?? []));
}
