import type { Config, TopLevelSpec } from "vega-lite";

/** A chart as it is saved: its specification and its theme. */
export interface SavedChart {
  readonly spec: TopLevelSpec;
  readonly config: Config;
}

/**
 * A chart and its theme without the policies that are not in colour, so that no legend names them.
 * The script of a page does the same in the browser with what its reader has chosen.
 */
export function onlyShown({ spec, config }: SavedChart): SavedChart {
  const policies = parameter(spec, "policies");
  const shown = new Set(parameter(spec, "shown"));
  if (policies === null) return { spec, config };
  const kept = <Value>(values: readonly Value[]) =>
    values.filter((_, at) => shown.has(policies[at] ?? ""));
  const isAll = (domain: unknown) => Array.isArray(domain) && domain.join() === policies.join();
  const saved = JSON.parse(JSON.stringify(spec), (_, value) => {
    if (!isAll(value?.domain)) return value;
    const range = Array.isArray(value.range) ? { range: kept(value.range) } : {};
    return { ...value, domain: kept(value.domain), ...range };
  });
  const category = (config.range?.category ?? []) as string[];
  return {
    spec: saved,
    config: { ...config, range: { ...config.range, category: kept(category) } },
  };
}

function parameter(spec: TopLevelSpec, name: string): readonly string[] | null {
  const params = (spec.params ?? []) as readonly {
    readonly name: string;
    readonly value?: unknown;
  }[];
  const value = params.find((param) => param.name === name)?.value;
  return Array.isArray(value) ? value : null;
}
