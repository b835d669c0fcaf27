/** What an experiment's file asks to be run, and how that differs from what it asked before. */
import { readFileSync } from "node:fs";
import { show } from "../experiment/config/complaint.ts";
import { isMapping } from "../experiment/config/override.ts";
import { YamlSource } from "../experiment/config/yaml-source.ts";

/** The file's fields as they are written: a new default is a change of the program, not of these. */
export type Asked = Readonly<Record<string, unknown>>;

/** What no result depends on, and what baselines keep in a place of its own. */
const BESIDE = new Set(["title", "question", "compare", "check", "seed", "replications"]);

export function askedIn(file: string): Asked {
  const { value } = new YamlSource(readFileSync(file, "utf8"));
  if (!isMapping(value)) return {};
  const asked = Object.entries(value).filter(([name]) => !BESIDE.has(name));
  return JSON.parse(JSON.stringify(Object.fromEntries(asked))) as Asked; // As it is read back.
}

const MOST = 8;

/** What differs, a line a field: `system.tracker.interval: "30 min" → "10 min"`. */
export function differences(then: unknown, now: unknown): string[] {
  const found = [...differencesAt("", then, now)];
  const more = found.length - MOST;
  return more <= 0 ? found : [...found.slice(0, MOST), `and ${more} more`];
}

function* differencesAt(path: string, then: unknown, now: unknown): Generator<string> {
  if (areBoth(isMapping, then, now) || areBoth(Array.isArray, then, now)) {
    const [before, after] = [then, now] as Readonly<Record<string, unknown>>[];
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* differencesAt(path === "" ? name : `${path}.${name}`, before[name], after[name]);
    }
  } else if (!Object.is(then, now)) yield `${path}: ${show(then)} → ${show(now)}`;
}

function areBoth(is: (value: unknown) => boolean, a: unknown, b: unknown): boolean {
  return is(a) && is(b);
}
