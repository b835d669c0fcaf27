/** Values from the command line that replace those of an experiment's file. */
export interface Overrides {
  readonly seed?: number | string | undefined;
  readonly replications?: number | string | undefined;
  /** Path of an access log, to be replayed in place of the experiment's workload. */
  readonly trace?: string | undefined;
  /** Share of the log's lines that may be unreadable. A mistake where no log is replayed. */
  readonly maxBad?: number | string | undefined;
  /** Tables of rows, separated by commas. */
  readonly rows?: string | undefined;
}

/** A place in the document whose value comes from a flag: problems there name the flag. */
export interface Overridden {
  readonly flag: string;
  readonly path: readonly string[];
}

/** Replaces values of the parsed `document`, which is left as it is. */
export function applyOverrides(
  document: unknown,
  { seed, replications, trace, maxBad, rows }: Overrides,
): { readonly document: unknown; readonly overridden: readonly Overridden[] } {
  if (!isMapping(document)) return { document, overridden: [] };
  const { workload: written } = document;
  const workload = trace === undefined ? written : replaying(written);
  // A release has no such field, and says so.
  const source = isMapping(workload) && "log" in workload ? "log" : "release";
  const given = [
    { flag: "--seed", path: ["seed"], value: numberIn(seed) },
    { flag: "--replications", path: ["replications"], value: numberIn(replications) },
    { flag: "--trace", path: ["workload", "log", "file"], value: trace },
    { flag: "--max-bad", path: ["workload", source, "maxBad"], value: numberIn(maxBad) },
    { flag: "--rows", path: ["measure", "rows"], value: rows?.split(",").map((s) => s.trim()) },
  ].filter(({ value }) => value !== undefined);
  const start = {
    ...document,
    ...(workload === undefined ? {} : { workload }),
    ...(rows === undefined || "measure" in document ? {} : { measure: {} }),
  };
  return {
    document: given.reduce((at: unknown, { path, value }) => withValue(at, path, value), start),
    overridden: given.map(({ flag, path }) => ({ flag, path })),
  };
}

/** The workload's own log and all it says about it, or an empty one in place of a release. */
function replaying(workload: unknown): unknown {
  const { log } = isMapping(workload) ? workload : {};
  return isMapping(log) ? workload : { log: {} };
}

/** A copy of `document` with `value` at `path`; what is no mapping on the way is left alone. */
function withValue(document: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  if (!isMapping(document)) return document;
  const [name, ...rest] = path;
  return { ...document, [name]: withValue(document[name], rest, value) };
}

function numberIn(argument: number | string | undefined): unknown {
  const isNumeral = typeof argument === "string" && /^-?\d+(\.\d+)?$/.test(argument);
  return isNumeral ? Number(argument) : argument;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
