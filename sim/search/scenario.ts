/** Experiments made of another by other values in some of its fields. */
import { stringify } from "yaml";
import { InputError } from "../engine/input-error.ts";
import type { Experiment, PolicyFamily } from "../experiment/config/experiment.ts";
import { isMapping } from "../experiment/config/override.ts";
import { parseExperiment } from "../experiment/config/parse-experiment.ts";
import type { PolicyRegistry } from "../experiment/config/policy-field.ts";
import { readText } from "../experiment/config/read-experiment.ts";
import { withoutFactors } from "../experiment/config/vary/factor.ts";
import { readAxes } from "../experiment/config/vary/read-axes.ts";
import { resolvePath, withSettings } from "../experiment/config/vary/setting.ts";
import { YamlSource } from "../experiment/config/yaml-source.ts";
import { type SearchRange, written } from "./search-range.ts";

/** Values by the paths of their fields; what is not named has the experiment's own value. */
export type Scenario = ReadonlyMap<string, number>;

/** What is an experiment's and not its scenarios': what it varies, compares and checks. */
const LEFT_OUT = ["vary", "compare", "until", "check", "ranges"];

type Document = Readonly<Record<string, unknown>>;

/** Makes the experiments of scenarios. */
export class Scenarios {
  readonly ranges: ReadonlyMap<string, SearchRange>;
  readonly #base: Base;

  constructor(base: Base, ranges: ReadonlyMap<string, SearchRange>) {
    this.#base = base;
    this.ranges = ranges;
  }

  /** The scenario as a document. A class of volunteers of which there are none is left out. */
  document(scenario: Scenario): Document {
    const { document } = this.#base;
    const settings = [...scenario].map(([path, value]) => {
      const range = this.ranges.get(path);
      if (range === undefined) throw new Error(`${path} has no range`);
      return { path, value: written(value, range) };
    });
    return withoutNobody(withValues(document, settings));
  }

  /** Null where the values do not go together. */
  experiment(scenario: Scenario): Experiment | null {
    try {
      return this.#base.parse(this.document(scenario));
    } catch (error) {
      if (error instanceof InputError) return null;
      throw error;
    }
  }
}

/** An experiment's file as one cell, of which scenarios are made. */
export class Base {
  /** Without what scenarios have not: of axes, lists of policies and methods only the first stays. */
  readonly document: Document;
  readonly experiment: Experiment;
  readonly #file: string;
  readonly #registry: PolicyRegistry;

  /** @throws InputError with all that is wrong with the file; it must have been read before. */
  constructor(
    file: string,
    family: PolicyFamily,
    names: readonly string[],
    registry: PolicyRegistry,
  ) {
    const source = new YamlSource(readText(file));
    const whole = isMapping(source.value) ? source.value : {};
    const { vary, ...plain } = whole;
    const axes = vary === undefined ? [] : readAxes(vary, plain, source, []).axes;
    const settings = axes.flatMap(({ levels }) => levels[0].settings);
    const first = withSettings(plain, withoutFactors(plain, settings));
    this.#file = file;
    this.#registry = registry;
    this.document = alone(first as Document, family, names);
    this.experiment = this.parse(this.document);
  }

  /** @throws InputError */
  parse(document: Document): Experiment {
    return parseExperiment(stringify(document), this.#file, { registry: this.#registry });
  }

  /**
   * The experiment with one other value.
   *
   * @throws InputError when there is no such field, or it cannot have the value; `what` names it.
   */
  with(path: string, value: string | number, what: string): Experiment {
    const problem = (text: string) => new InputError([`${what}: ${text}`]);
    const resolved = resolvePath(path, this.document);
    if (!("path" in resolved)) throw problem(`unknown field: ${path}`);
    try {
      return this.parse(withoutNobody(withValues(this.document, [{ path, value }])));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // Without the place, which is none of the file.
      const [first] = error.problems[0].split("\n");
      throw problem(`${path}: ${first.replace(/^.*?:\d+:\d+: /, "")}`);
    }
  }
}

/** One policy of each family but for those that are compared, and one method of synchronisation. */
function alone(document: Document, family: PolicyFamily, names: readonly string[]): Document {
  const rest = Object.entries(document).filter(([name]) => !LEFT_OUT.includes(name));
  const { policies, system, ...others } = Object.fromEntries(rest);
  const chosen = Object.entries(isMapping(policies) ? policies : {}).map(([key, choices]) => [
    key,
    Array.isArray(choices) ? choices[0] : choices,
  ]);
  const { synchronisation, ...machines } = isMapping(system) ? system : {};
  const { method, ...timing } = isMapping(synchronisation) ? synchronisation : {};
  const first = Array.isArray(method) ? method[0] : method;
  return {
    ...others,
    system: {
      ...machines,
      ...(synchronisation === undefined
        ? {}
        : { synchronisation: { ...timing, ...(method === undefined ? {} : { method: first }) } }),
    },
    policies: { ...Object.fromEntries(chosen), [family]: names },
  };
}

function withValues(
  document: Document,
  values: readonly { readonly path: string; readonly value: unknown }[],
): Document {
  const settings = values.flatMap(({ path: text, value }) => {
    const resolved = resolvePath(text, document);
    if (!("path" in resolved)) return [];
    const { path } = resolved;
    return [{ path, value, at: path, written: { text, at: path, as: "name" as const } }];
  });
  return withSettings(document, settings) as Document;
}

/** Without the classes of volunteers of which there are none. */
function withoutNobody(document: Document): Document {
  const { system } = document;
  const volunteers = isMapping(system) ? system["volunteers"] : undefined;
  if (!Array.isArray(volunteers)) return document;
  const some = volunteers.filter((each) => !isMapping(each) || each["count"] !== 0);
  return { ...document, system: { ...(system as Document), volunteers: some } };
}
