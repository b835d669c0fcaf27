/** Which fields of an experiment scenarios may set, and to what. */
import { InputError } from "../engine/input-error.ts";
import { sentence } from "../experiment/config/complaint.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { experimentJsonSchema, typeAt } from "../experiment/config/json-schema.ts";
import { isMapping, valueAt } from "../experiment/config/override.ts";
import type { Dimension } from "../experiment/config/quantity.ts";
import { readValueRange, type ValueRange } from "../experiment/config/value-range.ts";
import { resolvePath } from "../experiment/config/vary/setting.ts";
import type { Base } from "./scenario.ts";
import { type SearchRange, written } from "./search-range.ts";

/** Most customers and volunteers of a class that are tried unless told otherwise: scenarios are to be small. */
const MOST_CUSTOMERS = 500;
const FEW_CUSTOMERS = 10;
const MOST_VOLUNTEERS = 50;

/** How far rates and times may be from the experiment's, as a factor. */
const FACTOR = 4;

const SCHEMA = experimentJsonSchema();

/** Whether fewer of a field's things make a smaller scenario. */
export function isSize(path: string): boolean {
  return /\.(customers|count)$/.test(path);
}

/**
 * The ranges that are typed, as `PATH=LOW..HIGH`; else those that the file declares in `ranges:`; else
 * some that follow from the experiment.
 *
 * @throws InputError with all that is wrong with them.
 */
export function scenarioRanges(
  base: Base,
  typed: readonly string[],
  declared: unknown,
): Map<string, SearchRange> {
  const problems: string[] = [];
  const ranges = new Map<string, SearchRange>();
  for (const given of givenRanges(base, typed, declared)) {
    try {
      ranges.set(given.path, checked(base, given));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return ranges;
}

interface Given {
  /** What says so. */
  readonly by: string;
  readonly path: string;
  readonly range: ReturnType<typeof readValueRange>;
}

function givenRanges(base: Base, typed: readonly string[], declared: unknown): Given[] {
  if (typed.length > 0) {
    return typed.map((text) => {
      const [path, ...range] = text.split("=");
      return { by: "--range", path, range: readValueRange(range.join("=")) };
    });
  }
  const by = "ranges";
  if (!isMapping(declared)) {
    return derivedRanges(base.experiment).map(([path, range]) => ({ by, path, range }));
  }
  return Object.entries(declared).map(([path, range]) => ({
    ...{ by, path, range: readValueRange(range) },
  }));
}

/** The range with what is known of its field, which must be able to have the values at its ends. */
function checked(base: Base, { by, path, range }: Given): SearchRange {
  if ("complaint" in range) {
    throw new InputError([`${by}: ${sentence(range.complaint, path, undefined).text}`]);
  }
  for (const end of [range.low, range.high]) base.with(path, written(end, range), by);
  const resolved = resolvePath(path, base.document);
  const steps = "path" in resolved ? resolved.path : [];
  return {
    ...range,
    isWhole: typeAt(SCHEMA, steps) === "integer",
    usual: numberAt(base.experiment, steps),
  };
}

/** What the experiment says in base units, or takes by default; null where it is no number. */
function numberAt(experiment: Experiment, path: readonly (string | number)[]): number | null {
  const value = valueAt(experiment, path);
  const mean = isMapping(value) && value["kind"] === "exponential" ? value["mean"] : value;
  return typeof mean === "number" && Number.isFinite(mean) ? mean : null;
}

/**
 * Sizes down to few, rates and times from a quarter to four times the experiment's; uplinks from less where
 * the experiment has more customers than are tried.
 */
function derivedRanges({ system, workload }: Experiment): [string, ValueRange][] {
  const around = (
    path: string,
    value: number,
    dimension: Dimension,
    less = 1,
  ): [string, ValueRange] => [
    path,
    { low: value / FACTOR / less, high: value * FACTOR, dimension },
  ];
  const upTo = (path: string, least: number, most: number): [string, ValueRange][] =>
    least < most ? [[path, { low: least, high: most, dimension: null }]] : [];
  const { server, volunteers, customers, tracker, synchronisation } = system;
  const wanted = "release" in workload ? workload.release.customers : 0;
  // So many times fewer customers load links as much that are so many times slower.
  const fewer = Math.max(1, wanted / MOST_CUSTOMERS);
  return [
    ...upTo("workload.release.customers", FEW_CUSTOMERS, Math.min(wanted, MOST_CUSTOMERS)),
    around("system.server.uplink", server.uplink, "rate", fewer),
    ...volunteers.flatMap(({ name, count, uplink, sessions }) => {
      const at = `system.volunteers.${name}`;
      const isSimple = sessions?.up.kind === "exponential" && sessions.down.kind === "exponential";
      return [
        ...upTo(`${at}.count`, 0, Math.min(count, MOST_VOLUNTEERS)),
        around(`${at}.uplink`, uplink, "rate", fewer),
        ...(isSimple && sessions !== null
          ? [
              around(`${at}.sessions.up`, sessions.up.mean, "duration"),
              around(`${at}.sessions.down`, sessions.down.mean, "duration"),
            ]
          : []),
      ];
    }),
    ...upTo("system.customers.parallel", 1, Math.max(8, customers.parallel)),
    // At most as long as volunteers are believed to be there.
    [
      "system.tracker.interval",
      { low: tracker.interval / 30, high: tracker.timeout, dimension: "duration" },
    ],
    around("system.synchronisation.every", synchronisation.every, "duration"),
  ];
}
