/** Settings that cannot stand beside another one, or beside a flag of the command line. */
import type { Overridden } from "../override.ts";
import type { Mistake } from "../report-issues.ts";
import type { YamlSource } from "../yaml-source.ts";
import { multiply } from "./factor.ts";
import type { SettingsAxis } from "./read-axes.ts";
import { overlap, type Setting, spanOfStep } from "./setting.ts";

export interface Meeting {
  readonly setting: Setting;
  readonly text: string;
}

/** Settings that meet in one place, of which the later would silently count. */
export function meetings(axes: readonly SettingsAxis[]): Meeting[] {
  return axes.flatMap(({ levels }, index) => {
    const earlier = axes.slice(0, index).flatMap((axis) => {
      const settings = axis.levels.flatMap((level) => level.settings);
      return settings.map((its) => ({ its, by: `the axis ${axis.name}` }));
    });
    return levels.flatMap(({ settings }) =>
      settings.flatMap((setting, at) => {
        const beside = settings.slice(0, at).map((its) => ({ its, by: "the level" }));
        const met = [...earlier, ...beside].find(
          ({ its }) => overlap(its.path, setting.path) && !multiply(its, setting),
        );
        if (met === undefined) return [];
        const { text } = setting.written;
        const said = `duplicate setting: ${text}; ${met.by} sets ${met.its.written.text}`;
        return [{ setting, text: said }];
      }),
    );
  });
}

/** Settings of what a flag of the command line replaces. */
export function replacements(
  axes: readonly SettingsAxis[],
  overridden: readonly Overridden[],
): Meeting[] {
  const settings = axes.flatMap(({ levels }) => levels.flatMap((level) => level.settings));
  return settings.flatMap((setting) => {
    const by = overridden.find(({ flag, path }) =>
      overlap(flag === "--trace" ? path.slice(0, 1) : path, setting.path),
    );
    if (by === undefined) return [];
    const text = `invalid setting: ${setting.written.text}; ${by.flag} replaces it`;
    return [{ setting, text }];
  });
}

/** The mistake, shown at the whole path of the setting. */
export function inSource({ setting, text }: Meeting, source: YamlSource): Mistake {
  const { offset } = spanOfStep(source, setting.written, 0);
  const span = { offset, length: setting.written.text.length };
  return { path: setting.at, complaint: { kind: "other", text }, span };
}
