/**
 * Checks an experiment and what changes in it while it runs: what it is from each change on is checked as
 * if it were a file of its own.
 */
import { classesOf } from "../../../model/machines.ts";
import type { Complaint } from "../complaint.ts";
import type { Experiment, PolicyChoice } from "../experiment.ts";
import type { experimentSchema } from "../experiment-schema.ts";
import type { JsonSchema } from "../field.ts";
import { isMapping, type Overridden, valueAt } from "../override.ts";
import { type Finding, finding, findingsOf } from "../report-issues.ts";
import { factorOf, times, withoutFactors } from "../vary/factor.ts";
import {
  overlap,
  resolvePaths,
  type Setting,
  spanOfStep,
  startsWith,
  withSettings,
} from "../vary/setting.ts";
import { VariantPlaces } from "../vary/variant-places.ts";
import type { YamlSource } from "../yaml-source.ts";
import { CHANGEABLE, isChangeable } from "./changeable.ts";
import type { WrittenChange } from "./changes-field.ts";

type Unnamed = Omit<Experiment, "name">;

/** A document and what it takes to check it. */
export interface Checking {
  readonly source: YamlSource;
  readonly schema: ReturnType<typeof experimentSchema>;
  /** For the sake of mistakes only. */
  readonly json: () => JsonSchema;
  readonly overridden: readonly Overridden[];
  /** The document as it is written, and what levels put into it. */
  readonly base: unknown;
  readonly settings: readonly Setting[];
}

/** An experiment without its name, or all that is wrong with it. */
export type Checked = { readonly experiment: Unnamed } | { readonly findings: readonly Finding[] };

/** The experiment with its changes, if it has any. */
export function parsePhases(checking: Checking): Checked {
  const first = check(checking, []);
  if ("findings" in first) return first;
  const { changes, ...experiment } = first.experiment;
  const phases = new Phases(checking, experiment);
  for (const [number, change] of (changes ?? []).entries()) {
    const findings = phases.add(number, change);
    if (findings.length > 0) return { findings };
  }
  return { experiment: phases.together() };
}

/** Findings of classes of volunteers that are empty in all of the variants, and that no change fills. */
export function emptyClasses(
  { source, overridden, base, settings }: Omit<Checking, "schema" | "json">,
  variants: readonly Pick<Experiment, "system">[],
): readonly Finding[] {
  const places = new VariantPlaces(source, base, settings);
  const document = withSettings(base, settings);
  return variants[0].system.volunteers.flatMap(({ name }, at) => {
    const all = variants.flatMap(({ system }) => classesOf(system, name));
    if (all.some(({ count }) => count > 0)) return [];
    const path = ["system", "volunteers", at, "count"];
    const rule = "not in [1, 100000], and no change raises it";
    const complaint = { kind: "invalid", rule } as const;
    return [finding({ places, document, overridden }, { path, complaint })];
  });
}

/** The experiment after so many settings of changes, the latest first; those of levels come before. */
function check(
  { source, schema, json, overridden, base, settings }: Checking,
  made: readonly Setting[],
) {
  const start = withSettings(base, settings);
  const document = made.length === 0 ? start : withSettings(alone(start), made.toReversed());
  const result = schema.safeParse(document);
  if (result.success) return { experiment: result.data };
  const places = new VariantPlaces(source, base, [...made, ...settings]);
  const checked = { places, document, overridden, schema: json() };
  return { findings: findingsOf(checked, result.error.issues) };
}

/** Without what has to do with more than one moment: what all is compared with, and the changes. */
function alone(document: unknown): unknown {
  if (!isMapping(document)) return document;
  const { compare: _, changes: __, ...rest } = document;
  return rest;
}

/** What an experiment is at the start and from each change on. */
class Phases {
  readonly #checking: Checking;
  readonly #all: Unnamed[];
  readonly #times: number[] = [];
  readonly #successors: (PolicyChoice | null)[] = [];
  /** The latest first. */
  #made: readonly Setting[] = [];

  constructor(checking: Checking, start: Unnamed) {
    this.#checking = checking;
    this.#all = [start];
  }

  /** Another change; returns what is wrong with it. */
  add(number: number, { at, set }: WrittenChange): readonly Finding[] {
    const { settings, findings } = this.#read(number, set);
    if (findings.length > 0) return findings;
    const others = this.#made.filter(
      (before) => !settings.some((setting) => overlap(before.path, setting.path)),
    );
    this.#made = [...settings.toReversed(), ...others];
    const next = check(this.#checking, this.#made);
    if ("findings" in next) return next.findings;
    const [before, after] = [this.#all[this.#all.length - 1], next.experiment];
    const wrong = settings.flatMap((setting) => {
      const complaint = mistakeIn(setting, before, after);
      return complaint === null ? [] : [this.#finding(setting, complaint)];
    });
    this.#times.push(at);
    this.#all.push(after);
    const isOther = settings.some(({ path }) => path[0] === "policies");
    this.#successors.push(isOther ? after.policies.dispatch[0] : null);
    return wrong;
  }

  together(): Unnamed {
    const [first, ...later] = this.#all;
    if (later.length === 0) return first;
    const changes = later.map(({ system }, at) => {
      const { server, volunteers, tracker, synchronisation } = system;
      return {
        ...{ at: this.#times[at], volunteers, server: { uplink: server.uplink } },
        tracker: { interval: tracker.interval },
        synchronisation: { every: synchronisation.every, rate: synchronisation.rate },
      };
    });
    const successors = this.#successors;
    const isOther = successors.some((successor) => successor !== null);
    return { ...first, system: { ...first.system, changes }, ...(isOther && { successors }) };
  }

  /** The settings of a change, each at the place that its path names. */
  #read(number: number, set: WrittenChange["set"]) {
    const { source, base, settings: levels } = this.#checking;
    const document = withSettings(withSettings(base, levels), this.#made.toReversed());
    const settings: Setting[] = [];
    const findings: Finding[] = [];
    for (const [text, value] of Object.entries(set)) {
      const at = this.#placeOf(["changes", number, "set", text]);
      const written = { text, at, as: "name" } as const;
      const resolved = resolvePaths(text, document);
      if (!("paths" in resolved)) {
        const span = spanOfStep(source, written, resolved.step);
        const { name, complaint, value: found } = resolved;
        findings.push(this.#found({ path: [name], complaint, value: found, span }));
        continue;
      }
      for (const path of resolved.paths) {
        const setting = { path, value, at, written };
        const complaint = complaintOf(setting, settings, document);
        if (complaint === null) settings.push(setting);
        else findings.push(this.#found({ path: at, complaint, span: source.spanOfKey(at) }));
      }
    }
    return { settings: withoutFactors(document, settings), findings };
  }

  /** Where something of the document stands in the file, whether a level put it there or not. */
  #placeOf(path: readonly (string | number)[]): readonly PropertyKey[] {
    const level = this.#checking.settings.find((setting) => startsWith(path, setting.path));
    return level === undefined ? path : [...level.at, ...path.slice(level.path.length)];
  }

  #finding({ at, value }: Setting, complaint: Complaint): Finding {
    return this.#found({ path: at, complaint, value });
  }

  #found(mistake: Parameters<typeof finding>[1]): Finding {
    const { source, base } = this.#checking;
    return finding({ places: source, document: base, overridden: [] }, mistake);
  }
}

/** What is wrong with a place that is to change, or with its standing beside others. */
function complaintOf(
  { path, value, written }: Setting,
  beside: readonly Setting[],
  document: unknown,
): Complaint | null {
  if (!isChangeable(path)) {
    const known = CHANGEABLE.map(({ text }) => text);
    const text = `invalid change: ${written.text}; what may change is ${known.join(", ")}`;
    return { kind: "other", text };
  }
  if (factorOf(value) !== null && times(valueAt(document, path), 1) === null) {
    const text = `expected a number at ${path.join(".")} to multiply; got none`;
    return { kind: "other", text };
  }
  const other = beside.find((each) => overlap(each.path, path));
  if (other === undefined) return null;
  const text = `duplicate setting: ${written.text}; the change sets ${other.written.text}`;
  return { kind: "other", text };
}

/** What is wrong with a new value beside the one before. */
function mistakeIn({ path }: Setting, before: Unnamed, after: Unnamed): Complaint | null {
  const [old, now] = [valueAt(before, path), valueAt(after, path)];
  if (Array.isArray(now) && now.length > 1) return { kind: "expected", what: "one policy" };
  if (old === now || JSON.stringify([old]) === JSON.stringify([now])) {
    return { kind: "invalid", rule: "it is so already" };
  }
  if (old === Number.POSITIVE_INFINITY || now === Number.POSITIVE_INFINITY) {
    return { kind: "invalid", rule: "a limit can change, and cannot come or go" };
  }
  const isRaised = path.at(-1) === "count" && Number(now) > Number(old);
  if (isRaised && after.system.customers.uploads !== null) {
    const rule = "nobody joins where customers pass on what they have (system.customers.uploads)";
    return { kind: "invalid", rule };
  }
  return null;
}
