/** Checks an experiment at every level of its axes, as if each were a file of its own. */
import { cells } from "../cells.ts";
import type { Axis, Experiment, Variant } from "../experiment.ts";
import { experimentSchema } from "../experiment-schema.ts";
import type { JsonSchema } from "../field.ts";
import type { Locate } from "../input-file.ts";
import { experimentJsonSchema } from "../json-schema.ts";
import type { Overridden } from "../override.ts";
import type { PolicyRegistry } from "../policy-field.ts";
import { type Finding, finding, findingsOf } from "../report-issues.ts";
import type { YamlSource } from "../yaml-source.ts";
import { withoutFactors } from "./factor.ts";
import { readAxes, type SettingsAxis } from "./read-axes.ts";
import { withSettings } from "./setting.ts";
import { VariantPlaces } from "./variant-places.ts";
import { type Combination, eachLevel, product, productSize } from "./variants.ts";
import { whereNeeded } from "./where-needed.ts";

/** Cells that an experiment may have: more would run for weeks, and nobody could read them. */
export const MAX_CELLS = 1000;

/** An experiment's document with what it takes to check it. */
export interface Given {
  readonly source: YamlSource;
  readonly document: unknown;
  readonly overridden: readonly Overridden[];
  readonly registry: PolicyRegistry;
  readonly locate: Locate;
}

/** An experiment without its name, or all that is wrong with it. */
export type Parsed = { readonly experiment: Unnamed } | { readonly findings: readonly Finding[] };
type Unnamed = Omit<Experiment, "name">;

/** The experiment in `document` with all its variants. */
export function parseVariants(
  given: Given & { readonly document: Readonly<Record<string, unknown>> },
): Parsed {
  const { source, document, overridden } = given;
  const { vary, ...base } = document;
  const { axes, mistakes } = readAxes(vary, base, source, overridden);
  const structure = mistakes.map((mistake) =>
    finding({ places: source, document, overridden: [] }, mistake),
  );
  const isHuge = productSize(axes) > MAX_CELLS;
  const combinations = isHuge ? eachLevel(axes) : product(axes);
  const check = checker(given, base, axes.map(namesOf));
  const checked = combinations.map((levels) => ({ levels, ...check(levels) }));
  const found = whereNeeded(
    isHuge ? [] : axes,
    checked.flatMap(({ levels, findings }) => findings.map((each) => ({ levels, ...each }))),
  );
  const crowd = isHuge ? [crowdFinding(source, productSize(axes))] : [];
  const findings = [...structure, ...found, ...crowd];
  if (findings.length > 0) return { findings };

  const experiments = checked.flatMap(({ levels, experiment }) =>
    experiment === null ? [] : [{ levels, experiment }],
  );
  const experiment = together(axes, experiments);
  const size = cells(experiment).length;
  if (size > MAX_CELLS) return { findings: [crowdFinding(source, size)] };
  const repeated = repeatedLevels(axes, experiments, source);
  return repeated.length > 0 ? { findings: repeated } : { experiment };
}

/** Reads the experiment at one combination of levels. */
function checker(
  { source, overridden, registry, locate }: Given,
  base: Readonly<Record<string, unknown>>,
  axes: readonly Axis[],
) {
  const schema = experimentSchema(registry, locate, axes);
  let json: JsonSchema | undefined; // For the sake of mistakes only.
  return (levels: Combination): { experiment: Unnamed | null; findings: readonly Finding[] } => {
    const settings = withoutFactors(
      base,
      levels.flatMap((level) => level.settings),
    );
    const document = withSettings(base, settings);
    const result = schema.safeParse(document);
    if (result.success) return { experiment: result.data, findings: [] };
    const places = new VariantPlaces(source, base, settings);
    json ??= experimentJsonSchema(registry, axes);
    const checked = { places, document, overridden, schema: json };
    return { experiment: null, findings: findingsOf(checked, result.error.issues) };
  };
}

function together(
  axes: readonly SettingsAxis[],
  all: readonly { readonly levels: Combination; readonly experiment: Unnamed }[],
): Unnamed {
  const variants = all.map(({ levels, experiment }): Variant => {
    const { system, workload, window, policies } = experiment;
    const byAxis = axes.map(({ name }, at) => [name, levels[at].name]);
    return { levels: Object.fromEntries(byAxis), system, workload, window, policies };
  });
  return { ...all[0].experiment, vary: { axes: axes.map(namesOf), variants } };
}

/** Levels that say the same as an earlier one of their axis, in whatever words. */
function repeatedLevels(
  axes: readonly SettingsAxis[],
  all: readonly { readonly levels: Combination; readonly experiment: Unnamed }[],
  source: YamlSource,
): Finding[] {
  return axes.flatMap((axis, at) => {
    const seen = new Map<string, string>();
    return axis.levels.flatMap((level) => {
      const alone = all.find(({ levels }) =>
        levels.every((other, i) => other === (i === at ? level : axes[i].levels[0])),
      );
      const meaning = String(alone && identity(alone.experiment));
      const before = seen.get(meaning);
      seen.set(meaning, before ?? level.name);
      if (before === undefined) return [];
      const text = `duplicate level: ${level.name}; it says the same as ${before}`;
      return [
        { span: source.spanOfKey(level.at), said: { text, hint: undefined }, flag: undefined },
      ];
    });
  });
}

/** Equal for equal experiments: JSON would take an unlimited quantity for nothing. */
function identity(experiment: Unnamed): string {
  return JSON.stringify(experiment, (_key, part) =>
    part === Number.POSITIVE_INFINITY ? "∞" : part,
  );
}

function crowdFinding(source: YamlSource, size: number): Finding {
  const text = `invalid vary: ${size} cells; not in [1, ${MAX_CELLS}]`;
  return { span: source.spanOfKey(["vary"]), said: { text, hint: undefined }, flag: undefined };
}

function namesOf({ name, levels }: SettingsAxis): Axis {
  return { name, levels: levels.map((level) => level.name) };
}
