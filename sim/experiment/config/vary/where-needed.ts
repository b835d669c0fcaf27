import { group } from "d3-array";
import type { Finding } from "../report-issues.ts";
import type { SettingsAxis } from "./read-axes.ts";
import type { Combination } from "./variants.ts";

export interface VariantFinding extends Finding {
  readonly levels: Combination;
}

/**
 * The findings of all variants, each once. One that stands outside of the levels that it depends on
 * says at which levels it was found.
 */
export function whereNeeded(
  axes: readonly SettingsAxis[],
  all: readonly VariantFinding[],
): Finding[] {
  const groups = group(all, ({ span, said, flag }) =>
    [span.offset, said.text, said.hint, flag].join("\n"),
  );
  return [...groups.values()].map((alike) => {
    const [{ levels, span, said, flag }] = alike;
    const decisive = axes.flatMap((axis, at) => {
      const met = new Set(alike.map((each) => each.levels[at]));
      const isDecisive = met.size < axis.levels.length && !isIn(span.offset, levels[at]);
      return isDecisive ? [`${axis.name}: ${levels[at].name}`] : [];
    });
    if (decisive.length === 0) return { span, said, flag };
    return { span, said: { ...said, text: `${said.text} (with ${decisive.join(", ")})` }, flag };
  });
}

function isIn(offset: number, { extent }: Combination[number]): boolean {
  return extent.offset <= offset && offset < extent.offset + extent.length;
}
