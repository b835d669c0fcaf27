import { manifestJson } from "../../experiment/manifest.ts";

/** A setting that two experiments do not share; undefined where one has none. */
export interface ChangedSetting {
  /** Dotted, as experiment files are read: `system.server.uplink`. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Every setting in which two values differ, in the order of the first; lists are compared by place. */
export function changedSettings(before: unknown, after: unknown, path = ""): ChangedSetting[] {
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    const [was, is] = [textOf(before), textOf(after)];
    return was === is ? [] : [{ path, before: was, after: is }];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    changedSettings(before[name], after[name], path === "" ? name : `${path}.${name}`),
  );
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : manifestJson(value).replace(/\s+/g, " ");
}
